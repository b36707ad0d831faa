// The course of a search as a curve, drawn from the numbers of the table beneath it; the table says the same.
"use strict";

(() => {
  const field = document.getElementById("curve");
  if (!field || !window.uPlot) return;
  let plot;

  const colour = (name) => getComputedStyle(field).getPropertyValue(name).trim();
  const numbers = (text) => (text ? text.split(",").map(Number) : []);

  function data() {
    const table = document.getElementById("curve-points");
    return table ? [numbers(table.dataset.seconds), numbers(table.dataset.kept)] : [[], []];
  }

  function draw() {
    const values = data();
    field.hidden = values[0].length < 2;
    if (field.hidden || !field.clientWidth) return;
    if (plot) {
      plot.setData(values);
      return;
    }
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
    plot = new window.uPlot({
      width: field.clientWidth,
      height: 220,
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false } },
      axes: [{ ...axis, label: field.dataset.time }, { ...axis, label: field.dataset.label, size: 60 }],
      series: [{}, { stroke: colour("--accent"), width: 2.5, points: { show: false }, paths: window.uPlot.paths.stepped({ align: 1 }) }],
    }, values, field);
  }

  new ResizeObserver(() => {
    draw();
    if (plot && field.clientWidth) plot.setSize({ width: field.clientWidth, height: 220 });
  }).observe(field.parentElement);
  document.addEventListener("htmx:afterSwap", draw);
  field.closest("details")?.addEventListener("toggle", draw);
  draw();
})();
