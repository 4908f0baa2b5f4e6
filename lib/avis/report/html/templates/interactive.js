(function () {
  "use strict";
  var charts = CHARTS;
  if (!window.matchMedia("(min-width: 40rem)").matches) { return; }
  function show(node, shown) {
    node.style.setProperty("display", shown ? "" : "none", shown ? "" : "important");
  }
  charts.forEach(function (chart) {
    var place = document.getElementById(chart.id);
    var panels = place.querySelectorAll(".panel");
    var live = document.createElement("div");
    live.className = "panel live";
    var drawing = document.createElement("div");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", chart.told);
    live.appendChild(drawing);
    place.insertBefore(live, panels[0]);
    chart.figure.layout.autosize = true;
    Plotly.newPlot(drawing, chart.figure.data, chart.figure.layout, {displayModeBar: false, responsive: true})
      .then(function () { panels.forEach(function (panel) { show(panel, false); }); })
      .catch(function () { live.remove(); });
    window.addEventListener("beforeprint", function () {
      show(live, false);
      panels.forEach(function (panel) { show(panel, true); });
    });
    window.addEventListener("afterprint", function () {
      show(live, true);
      panels.forEach(function (panel) { show(panel, false); });
    });
  });
})();
