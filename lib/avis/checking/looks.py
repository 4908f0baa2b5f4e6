"""What `avis check` says of the look: what is wrong in `charte.yaml`, and faces that paper will not have."""

from __future__ import annotations

from avis.errors import Place, Problems
from avis.folders import Folders
from avis.look import charter, check_look


def tell_look(folders: Folders, problems: Problems) -> None:
    """Tell what is wrong with the look; warn of faces of which no file is here (EVA-075)."""
    look = check_look(folders.root, problems)
    path = charter(folders.root)
    if not look.faces or path is None:
        return
    from avis.report.pdf.paper import own_faces

    here = own_faces(look.fonts)
    for face in look.faces:
        if face not in here:
            problems.warn("EVA-075", Place(path.name, field=f"faces.{face}"))
