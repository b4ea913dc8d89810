(function () {
  'use strict';
  var charts = JSON.parse(document.getElementById('charts').textContent);
  var colours = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#7A6A00', '#555555'];
  charts.forEach(function (chart) {
    var narrow = window.innerWidth < 720;
    var values = chart.across ? 'x' : 'y';
    var scales = {};
    scales[values] = { stacked: true, beginAtZero: true, title: { display: true, text: chart.unit } };
    scales[values === 'x' ? 'y' : 'x'] = { stacked: true, ticks: { autoSkip: false } };
    new Chart(document.getElementById(chart.id), {
      type: 'bar',
      data: {
        labels: chart.labels,
        datasets: chart.series.map(function (one) {
          return {
            label: one.name, data: one.values, backgroundColor: colours[one.colour % colours.length], borderColor: '#fff', borderWidth: 1,
            maxBarThickness: 56
          };
        })
      },
      options: {
        animation: false,
        devicePixelRatio: 2,
        indexAxis: chart.across ? 'y' : 'x',
        maintainAspectRatio: false,
        plugins: { legend: { position: 'bottom', labels: { boxWidth: 14, font: { size: narrow ? 11 : 12 } } } },
        scales: scales
      }
    });
  });
  window.addEventListener('beforeprint', function () {
    Object.values(Chart.instances).forEach(function (chart) { chart.resize(640, 240); });
  });
  window.addEventListener('afterprint', function () {
    Object.values(Chart.instances).forEach(function (chart) { chart.resize(); });
  });
})();
