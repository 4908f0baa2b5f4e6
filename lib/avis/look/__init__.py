"""The look of an association's documents, read from `charte.yaml`: colours, logo, names, faces."""

from avis.look.model import Logo as Logo
from avis.look.model import Look as Look
from avis.look.reading import charter as charter
from avis.look.reading import check_look as check_look
from avis.look.reading import look_digest as look_digest
from avis.look.reading import read_look as read_look
