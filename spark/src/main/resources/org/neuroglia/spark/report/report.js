// Draws the report from the JSON of the page. Every text of a user reaches the page as text, by
// textContent or onto a canvas, never as HTML.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("contents").textContent);
  const settings = data.settings || {};
  const regression = data.score === "r2";
  const rows = data.rows;
  const parts = data.parts;
  const windows = data.windows;
  const SCORE = regression ? "R²" : "accuracy";
  const Score = regression ? "R²" : "Accuracy";

  // With --neurons means are of the largest number, which not all populations may have: sessions,
  // or each group of their neurons.
  const sizes = data.sizes || [];
  const largest = sizes.length ? sizes[sizes.length - 1] : 0;
  const having = largest ? data.sizePopulations[sizes.length - 1] : data.totals.populations;
  const fewer = largest > 0 && having < data.totals.populations;

  // Of a pseudo-population a row is a resample, and an event a pseudo-trial.
  const pseudo = Boolean(settings.pseudoPopulation);
  const SESSION = pseudo ? "resample" : "session";
  const EVENT = pseudo ? "pseudo-trial" : "event";

  const MEAN = data.totals.sessions > 1 || largest ? `Mean ${SCORE}` : Score;

  // --- Text and elements

  /** An element with attributes and children; texts become text nodes. */
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false)
        element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function section(id) {
    const one = document.getElementById(id);
    one.hidden = false;
    return one;
  }

  /** Two decimals, or as many as a small number needs to be seen. */
  function shown(value) {
    if (value === null || value === undefined) return "–";
    const size = Math.abs(value);
    if (size === 0 || size >= 0.095) return minus(value.toFixed(2));
    return minus(String(Number(value.toPrecision(2))));
  }

  const minus = (text) => text.replace(/^-/, "−");
  const whole = (value) => (value === null ? "–" : value.toLocaleString("en-US"));
  const seconds = (value) => minus(String(Number(value.toFixed(4))));
  const span = (window) => `${seconds(window[0])} to ${seconds(window[1])} s`;
  const centre = (window) => Number(((window[0] + window[1]) / 2).toFixed(6));
  const plural = (number, one, many) => `${whole(number)} ${number === 1 ? one : many || one + "s"}`;
  const range = (n) => Array.from({ length: n }, (_, i) => i);
  const clean = (values) => values.filter((value) => value !== null && value !== undefined);
  const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

  const DECODERS = {
    lda: "linear discriminant analysis",
    qda: "quadratic discriminant analysis",
    gnb: "Gaussian naive Bayes",
    pnb: "Poisson naive Bayes",
    knn: "nearest neighbours",
    centroid: "nearest centroid",
    correlation: "maximum correlation",
    ridge: "ridge classifier",
    "ridge-regression": "ridge regression",
  };
  const decoderName = (name) =>
    Object.prototype.hasOwnProperty.call(DECODERS, name) ? DECODERS[name] : name;

  const decoders = [...new Set(parts.map((part) => part.decoder))];
  const groups = [...new Set(parts.map((part) => part.group))].filter((group) => group !== null);
  const several = { decoders: decoders.length > 1, groups: groups.length > 0 };
  const by = settings.by || "group";
  const POPULATION = several.groups ? `pair of session and ${by}` : "session";
  const populations = (number) => plural(number, POPULATION, several.groups ? `pairs of session and ${by}` : "sessions");

  /** What tells one part from the others: nothing if there is only one. */
  function partName(part) {
    const names = [];
    if (several.groups) names.push(part.group === null ? "all" : part.group);
    if (several.decoders) names.push(part.decoder);
    return names.join(", ") || "all sessions";
  }

  // --- Colours: decoders, or else a few groups, have one each

  const MOST_COLOURS = 8;
  const colourKeys = several.decoders
    ? decoders
    : groups.length > 1 && groups.length <= MOST_COLOURS
      ? groups
      : [null];
  const keyOf = (part) =>
    several.decoders
      ? decoders.indexOf(part.decoder) % MOST_COLOURS
      : Math.max(0, colourKeys.indexOf(part.group));

  function css(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }
  const colour = (index) => css(`--c${index % MOST_COLOURS}`);

  function faint(hex, alpha) {
    const parts = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    return `rgba(${parts.join(",")},${alpha})`;
  }

  // --- Charts

  const charts = [];

  /**
   * A figure: caption, note, legend, chart and a table or a sentence that says the same.
   * `option(width)` gives the ECharts option, `height(width)` the height in pixels.
   */
  function figure(parent, { caption, note, legend, description, height, option, table }) {
    const box = el("div", { class: "chart", role: "img", "aria-label": description });
    const head = el("figcaption", {}, caption || "");
    if (note) head.append(el("p", { class: "note" }, note));
    const whole = el("figure", {}, head);
    const keys = el("ul", { class: "legend" });
    if (legend) whole.append(keys);
    whole.append(box);
    if (table) whole.append(asTable(table));
    parent.append(whole);
    const drawn = { box, option, height, chart: null, keys, legend, figure: whole };
    charts.push(drawn);
    draw(drawn);
    return drawn;
  }

  function draw(drawn) {
    const width = drawn.box.clientWidth;
    if (!width) return;
    drawn.width = width;
    drawn.box.style.height = `${drawn.height(width)}px`;
    if (drawn.legend) {
      drawn.keys.replaceChildren(
        ...drawn.legend().map(([name, kind, tint]) => {
          const swatch = el("span", { class: `swatch ${kind}`, "aria-hidden": "true" });
          swatch.style.color = tint;
          return el("li", {}, swatch, el("span", {}, name));
        }),
      );
    }
    if (!drawn.chart) drawn.chart = echarts.init(drawn.box, null, { renderer: "canvas" });
    else drawn.chart.resize();
    drawn.chart.setOption({ ...base(), ...drawn.option(width) }, true);
  }

  /** A table that says what a chart shows; made when it is opened. */
  function asTable({ head, rows, more }) {
    const details = el("details", {}, el("summary", {}, "As a table"));
    details.addEventListener("toggle", () => {
      if (!details.open || details.childElementCount > 1) return;
      details.append(el("div", { class: "scroll", tabindex: "0" }, plainTable(head, rows())));
      if (more) details.append(el("p", { class: "note" }, more));
    });
    return details;
  }

  function plainTable(head, body) {
    const numeric = head.map((_, i) => body.every((row) => !/[a-z]/i.test(String(row[i]))));
    const cell = (tag, text, i) => el(tag, { class: numeric[i] ? "number" : "name" }, String(text));
    return el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...head.map((text, i) => cell("th", text, i)))),
      el("tbody", {}, ...body.map((row) => el("tr", {}, ...row.map((text, i) => cell("td", text, i))))),
    );
  }

  function base() {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: css("--ink") },
      tooltip: tooltip(),
    };
  }

  function tooltip(more) {
    return {
      trigger: "item",
      confine: true,
      backgroundColor: css("--page"),
      borderColor: css("--line"),
      textStyle: { color: css("--ink"), fontSize: 13 },
      ...more,
    };
  }

  /** What a tooltip holds: an element, so that names stay text. */
  function tip(title, ...lines) {
    return el(
      "div",
      { class: "tip" },
      el("strong", {}, title),
      ...clean(lines).map((line) => el("span", {}, line)),
    );
  }

  function axis(more) {
    return {
      axisLine: { show: true, onZero: false, lineStyle: { color: css("--soft") } },
      axisTick: { show: true, lineStyle: { color: css("--soft") } },
      axisLabel: { color: css("--soft"), fontSize: 12, hideOverlap: true, ...(more.axisLabel || {}) },
      splitLine: { show: false },
      nameTextStyle: { color: css("--soft"), fontSize: 12 },
      nameLocation: "middle",
      ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "axisLabel")),
    };
  }

  const signed = (value) => minus(String(Number(value.toFixed(6))));

  /** An axis of scores, from and to round numbers. */
  function scoreAxis(values, more) {
    const all = clean(values);
    let low = least(all);
    let high = most(all);
    const room = Math.max((high - low) * 0.06, 0.005);
    low -= room;
    high += room;
    if (!regression) {
      low = low < 0.12 * high ? 0 : Math.max(0, low);
      high = Math.min(1, high);
    }
    const step = nice((high - low) / 6);
    return axis({
      type: "value",
      name: Score,
      min: Number((Math.floor(low / step + 1e-9) * step).toFixed(9)),
      max: Number((Math.ceil(high / step - 1e-9) * step).toFixed(9)),
      interval: step,
      splitLine: { show: true, lineStyle: { color: css("--grid") } },
      axisLabel: { formatter: signed },
      ...more,
    });
  }

  /** The next number that is 1, 2 or 5 times a power of ten. */
  function nice(step) {
    const power = 10 ** Math.floor(Math.log10(step));
    const times = [1, 2, 5, 10].find((n) => n * power >= step * (1 - 1e-9));
    return Number((times * power).toPrecision(12));
  }

  /** A line across the chart at chance, or at R² = 0. */
  function chanceLine(direction, value) {
    return {
      type: "scatter",
      data: [],
      silent: true,
      markLine: {
        silent: true,
        symbol: "none",
        label: { show: false },
        lineStyle: { type: [5, 4], width: 1.5, color: css("--soft") },
        data: [{ [direction]: value }],
      },
    };
  }

  const chances = regression ? [0] : [...new Set(clean(rows.beside))];
  const chance = chances.length === 1 ? chances[0] : null;
  const CHANCE = regression ? "R² = 0, the mean as the prediction" : "chance";
  // Whoever always names the largest class is right more often than by chance.
  const unequal = !regression && data.totals.majorityShare > data.totals.beside + 0.005;
  const chanceKey = () => (chance === null ? [] : [[`${CHANCE}${regression ? "" : " " + shown(chance)}`, "line dashed", css("--soft")]]);

  /** Shape of a band between two lines. */
  function band(points, fill, z) {
    return {
      type: "custom",
      silent: true,
      clip: true,
      z,
      data: [0],
      renderItem: (params, api) => ({
        type: "polygon",
        shape: {
          points: [
            ...points.map(([x, , high]) => api.coord([x, high])),
            ...points.map(([x, low]) => api.coord([x, low])).reverse(),
          ],
        },
        style: { fill },
      }),
      encode: { x: -1, y: -1 },
    };
  }

  /** Horizontal or vertical bars from low to high: [position, low, high]. */
  function intervals(data, { horizontal, width, stroke, z, caps }) {
    return {
      type: "custom",
      silent: true,
      clip: true,
      z,
      data,
      encode: horizontal ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
      renderItem: (params, api) => {
        const at = api.value(0);
        const [a, b] = [api.value(1), api.value(2)].map((value) =>
          api.coord(horizontal ? [value, at] : [at, value]),
        );
        return {
          type: "line",
          shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] },
          style: { stroke, lineWidth: width, lineCap: caps || "butt" },
        };
      },
    };
  }

  // --- What was asked

  function asked() {
    const from = Array.isArray(settings.paths) ? settings.paths : [];
    const where = from.length > 3 ? `${from.slice(0, 3).join(", ")} and ${from.length - 3} more` : from.join(", ");
    const names = decoders.map(decoderName);
    const title = `${settings.label || "Labels"} decoded from ${settings.events || "events"}`;
    document.title = `${title} · decoding report`;
    document.getElementById("title").textContent = title;
    const sentences = [];
    const counted =
      windows.length === 1
        ? `Spikes counted ${span(windows[0])} around each event`
        : `Spikes counted in ${windows.length} windows of ${seconds(windows[0][1] - windows[0][0])} s, from ${seconds(windows[0][0])} to ${seconds(most(windows.map((w) => w[1])))} s around each event`;
    sentences.push(
      `${counted} of ${settings.events || "the table"}${settings.where ? ` (${settings.where})` : ""}${where ? `, from ${where}` : ""}, predict ${settings.label || "the label"} by ${names.join(", ")}.`,
    );
    if (settings.units) sentences.push(`Only units where ${settings.units}.`);
    if (several.groups) sentences.push(`Each ${by} is decoded by itself.`);
    if (settings.pseudoPopulation)
      sentences.push("The neurons of all sessions are pooled into a pseudo-population.");
    if (settings.neurons) sentences.push(`${settings.neurons.join(", ")} neurons are drawn at random, ${settings.draws} times each.`);
    sentences.push(tested());
    if (settings.permutations)
      sentences.push(
        `The same is done with ${whole(settings.permutations)} null labels (${settings.null}); p is the share of scores at least as high, the true one included.`,
      );
    document.getElementById("asked").textContent = sentences.join(" ");
    const t = data.totals;
    const figures = document.getElementById("figures");
    const add = (name, value, small) =>
      figures.append(
        el("div", {}, el("dt", {}, name), el("dd", {}, value, small ? el("small", {}, small) : null)),
      );
    const sole = t.rows === 1;
    add(
      [sole && !largest ? Score : `Mean ${SCORE}`, several.decoders ? "all decoders" : "", windows.length > 1 ? "best window" : "", largest ? plural(largest, "neuron") : ""].filter((x) => x).join(", "),
      shown(t.score),
      regression ? `correlation ${shown(t.beside)}` : `chance ${shown(t.beside)}${unequal ? `, largest class ${shown(t.majorityShare)}` : ""}`,
    );
    if (regression && t.rows > 2) add("Median R²", shown(t.median));
    if (sole && rows.p && rows.p[0] !== null) add("p", shown(rows.p[0]), `${whole(settings.permutations)} null labels`);
    if (parts.length === 1 && !sole && data.means[0].p !== undefined)
      add("p of the mean", shown(data.means[0].p), windows.length > 1 ? "best window, not corrected" : "against means of null labels");
    if (t.tested > 1) {
      // Of n null labels p is one of 1/(n + 1), 2/(n + 1), …, each as likely.
      const steps = settings.permutations + 1;
      const share = Math.floor(0.05 * steps + 1e-9) / steps;
      add("p ≤ 0.05", `${whole(t.significant)} of ${whole(t.tested)}`, share > 0 ? `some ${whole(Math.round(t.tested * share))} would be by chance` : `of ${plural(settings.permutations, "null label")} p is at least ${shown(1 / steps)}`);
    }
    add(settings.pseudoPopulation ? "Resamples" : t.sessions === 1 ? "Session" : "Sessions", whole(t.sessions), fewer ? `${several.groups ? populations(having) : whole(having)} with ${plural(largest, "neuron")}` : null);
    if (t.decodings > t.rows) add("Decodings", whole(t.decodings));
    if (sole) {
      add(pseudo ? "Pseudo-trials" : "Events", whole(rows.events[0]));
      add("Neurons", whole(rows.neurons[0]));
      if (rows.classes) add("Classes", whole(rows.classes[0]));
    }
    if (t.failed) add("Failed", whole(t.failed), "reasons below");
  }

  function tested() {
    const repeats = settings.repeats ? `, ${settings.repeats} times` : "";
    if (settings.leaveOut) return `Each value of ${settings.leaveOut} is tested on a decoder trained on the others.`;
    if (settings.foldColumn) return `Folds are those of the column ${settings.foldColumn}.`;
    if (settings.testSize) return `A share of ${settings.testSize} of the events is tested on a decoder trained on the others${repeats}.`;
    const kind = regression ? "" : "stratified ";
    return `Each ${EVENT} is predicted by a decoder that was trained on others, in ${settings.folds || "some"} ${kind}folds${repeats}.`;
  }

  // --- Scores

  const partOf = (i) => parts[rows.part[i]];
  const nameOf = (i) => rows.names[rows.session[i]];
  const N = rows.session.length;

  function fullName(i) {
    const part = partOf(i);
    return [nameOf(i), several.groups ? part.group : null, several.decoders ? part.decoder : null]
      .filter((name) => name !== null)
      .join(", ");
  }

  function rowTip(i) {
    return tip(
      fullName(i) || "session",
      `${SCORE} ${shown(rows.score[i])}${regression ? `, correlation ${shown(rows.beside[i])}` : `, chance ${shown(rows.beside[i])}`}`,
      rows.p && rows.p[i] !== null ? `p = ${shown(rows.p[i])}, 90 % of null labels ${shown(rows.low[i])} to ${shown(rows.high[i])}` : null,
      `${plural(rows.events[i], EVENT)}, ${plural(rows.neurons[i], "neuron")}`,
    );
  }

  const isSignificant = (i) => !rows.p || rows.p[i] === null || rows.p[i] <= 0.05;

  const inMeans = (i) => !largest || rows.neurons[i] === largest;

  /** A dot per row: full where p ≤ 0.05 or there is no p, else hollow. */
  function dot(i, value, size) {
    const full = colour(keyOf(partOf(i)));
    const tint = inMeans(i) ? full : faint(full, 0.4);
    return {
      value,
      row: i,
      symbolSize: size,
      itemStyle: isSignificant(i)
        ? { color: tint, borderColor: css("--page"), borderWidth: size > 8 ? 1 : 0 }
        : { color: css("--page"), borderColor: tint, borderWidth: 1.5 },
    };
  }

  function dotKeys() {
    const keys = colourKeys.length > 1 ? colourKeys.map((key, i) => [key, "full", colour(i)]) : [];
    if (rows.p && clean(rows.p).length) {
      if (colourKeys.length === 1) keys.push(["p ≤ 0.05", "full", colour(0)]);
      keys.push(["p > 0.05", "", colourKeys.length === 1 ? colour(0) : css("--soft")]);
    }
    if (fewer && range(N).some((i) => !inMeans(i))) keys.push([`fewer than ${plural(largest, "neuron")}`, "full", faint(colourKeys.length === 1 ? colour(0) : css("--soft"), 0.4)]);
    return keys;
  }

  function scores() {
    const parent = section("scores");
    parent.querySelector("h2").textContent = regression ? "R²" : "Accuracy against chance";
    const best = windows.length > 1
      ? `In the window ${span(windows[data.best])}, which of ${windows.length} has the highest mean; a score or p of a window that was chosen so is not corrected for the choice.`
      : "";
    const neurons = largest
      ? `A score is the mean over the draws of a ${POPULATION}${fewer ? `, with ${plural(largest, "neuron")} or as many of the numbers as it has. Means, here and below, are only of draws of ${plural(largest, "neuron")}, which ${whole(having)} of ${populations(data.totals.populations)} ${having === 1 ? "has" : "have"}` : ` of ${plural(largest, "neuron")}; means, here and below, are over all draws`}.`
      : "";
    const majority = unequal
      ? `Chance is 1 divided by the number of classes. They are not equally frequent: always naming the largest would be right in ${shown(data.totals.majorityShare)} of the events${data.totals.rows > 1 ? ", on average" : ""}.`
      : "";
    const notes = [best, neurons, majority].filter((x) => x).join(" ");
    if (notes) parent.append(el("p", { class: "note" }, notes));
    if (N === 1 && rows.nulls && rows.nulls[0].length > 0) return histogram(parent);
    if (N <= 30) dotPlot(parent);
    else ranked(parent);
    const many = data.means.some((mean) => mean.n > 1);
    if (parts.length > 1 && many) byPart(parent);
  }

  function scoreSentence() {
    const best = N ? range(N).reduce((a, b) => (rows.score[b] > rows.score[a] ? b : a), 0) : null;
    const t = data.totals;
    return (
      `${Score} of ${plural(t.rows, "decoding")}: mean ${shown(t.score)}${fewer ? ` (of those with ${plural(largest, "neuron")})` : ""}, from ${shown(least(clean(rows.score)))} to ${shown(most(clean(rows.score)))}` +
      `${chance === null || regression ? "" : `, chance ${shown(chance)}`}` +
      `${N > 1 ? `; highest in ${fullName(best)}` : ""}` +
      `${t.tested ? `; p ≤ 0.05 in ${t.significant} of ${t.tested}` : ""}.`
    );
  }

  function histogram(parent) {
    const nulls = rows.nulls[0];
    const all = [...nulls, rows.score[0]];
    const width = nice((most(all) - least(all)) / 40 || 0.01);
    const first = Math.floor(least(all) / width);
    const bins = new Map();
    nulls.forEach((value) => {
      const bin = Math.floor(value / width + 1e-9);
      bins.set(bin, (bins.get(bin) || 0) + 1);
    });
    const description = `${Score} ${shown(rows.score[0])}; ${whole(nulls.length)} null labels have a mean of ${shown(nulls.reduce((a, b) => a + b, 0) / nulls.length)} and at most ${shown(most(nulls))}; p = ${shown(rows.p[0])}.`;
    figure(parent, {
      caption: `${Score} beside that of ${whole(nulls.length)} null labels`,
      description,
      legend: () => [
        [`true labels ${shown(rows.score[0])}`, "line", colour(0)],
        ["null labels", "bar", css("--null")],
        ...chanceKey(),
      ],
      height: () => 260,
      option: () => ({
        grid: { left: 8, right: 16, top: 16, bottom: 28, containLabel: true },
        xAxis: scoreAxis([...all, chance], { nameGap: 28, splitLine: { show: false } }),
        yAxis: axis({ type: "value", name: "Null labels", nameGap: 40, minInterval: 1, splitLine: { show: true, lineStyle: { color: css("--grid") } } }),
        series: [
          {
            type: "custom",
            encode: { x: [0, 1], y: 2 },
            data: [...bins].map(([bin, count]) => [bin * width, (bin + 1) * width, count]),
            renderItem: (params, api) => {
              const [x, y] = api.coord([api.value(0), api.value(2)]);
              const [x2, y0] = api.coord([api.value(1), 0]);
              return { type: "rect", shape: { x: x + 0.5, y, width: Math.max(1, x2 - x - 1), height: y0 - y }, style: { fill: css("--null") } };
            },
            tooltip: { formatter: (p) => tip(`${shown(p.value[0])} to ${shown(p.value[1])}`, plural(p.value[2], "null label")) },
          },
          chance === null ? null : chanceLine("xAxis", chance),
          {
            type: "scatter",
            data: [],
            markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { type: "solid", width: 2.5, color: colour(0) }, data: [{ xAxis: rows.score[0] }] },
          },
        ].filter((one) => one),
      }),
      table: {
        head: ["", Score],
        rows: () => [["true labels", shown(rows.score[0])], ["null labels, mean", shown(nulls.reduce((a, b) => a + b, 0) / nulls.length)], ["null labels, 5 %", shown(rows.low[0])], ["null labels, 95 %", shown(rows.high[0])], ["null labels, highest", shown(most(nulls))], ["p", shown(rows.p[0])], ["folds", rows.folds[0].map(shown).join("  ")]],
      },
    });
  }

  /** Both ends of a name that is too long: names of sessions often begin, or end, alike. */
  function shortened(name, most) {
    const characters = [...name];
    if (characters.length <= most) return name;
    const end = Math.ceil(most * 0.6);
    return `${characters.slice(0, Math.floor(most) - end - 1).join("")}…${characters.slice(-end).join("")}`;
  }

  /** Names on a vertical axis whose positions are numbers, so that dots can be moved apart. */
  function namesAxis(names, width) {
    return axis({
      type: "value",
      inverse: true,
      min: -1, // labels are at whole steps from here
      max: names.length,
      interval: 1,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        color: css("--ink"),
        hideOverlap: false,
        formatter: (value) => shortened(names[value] ?? "", Math.min(260, Math.max(90, width * 0.28)) / 6.5),
      },
    });
  }

  /** Decoders beside each other in a row, nearer than those of the next row. */
  const dodged = (part) => (decoders.indexOf(part.decoder) - (decoders.length - 1) / 2) / (decoders.length + 1);

  function dotPlot(parent) {
    const labels = [];
    const place = new Map();
    const at = [];
    for (let i = 0; i < N; i++) {
      const part = partOf(i);
      const name = JSON.stringify([rows.session[i], part.group]);
      if (!place.has(name)) {
        place.set(name, labels.length);
        labels.push([nameOf(i), several.groups && rows.names.length > 1 ? part.group : null].filter((x) => x !== null).join(", "));
        if (several.groups && rows.names.length === 1) labels[labels.length - 1] = part.group;
      }
      const dodge = several.decoders ? dodged(part) : 0;
      at.push(place.get(name) + dodge);
    }
    const nulls = rows.p ? range(N).filter((i) => rows.low[i] !== null) : [];
    const folds = rows.folds || [];
    const values = [...rows.score, ...folds.flat(), ...nulls.flatMap((i) => [rows.low[i], rows.high[i]]), chance];
    figure(parent, {
      caption: N === 1 && folds.some((one) => one.length) ? `${Score} and that of each fold` : `${Score} of each ${several.groups && rows.names.length === 1 ? by : SESSION}`,
      description: scoreSentence(),
      legend: () => [
        ...dotKeys(),
        ...(folds.some((one) => one.length) && !dotKeys().length ? [["all folds", "full", colour(0)]] : []),
        ...(folds.some((one) => one.length) ? [["each fold", "full", faint(colourKeys.length === 1 ? colour(0) : css("--soft"), 0.35)]] : []),
        ...(nulls.length ? [["null labels, 5 to 95 %", "bar", css("--null")]] : []),
        ...chanceKey(),
      ],
      height: () => 34 + (labels.length + 1) * (several.decoders ? 14 + 12 * decoders.length : 26),
      option: (width) => ({
        grid: { left: 8, right: 16, top: 8, bottom: 26, containLabel: true },
        xAxis: scoreAxis(values, { nameGap: 28 }),
        yAxis: namesAxis(labels, width),
        series: [
          intervals(nulls.map((i) => [at[i], rows.low[i], rows.high[i]]), { horizontal: true, width: several.decoders ? 5 : 9, stroke: faint(css("--null"), 0.55), z: 1 }),
          chance === null ? null : chanceLine("xAxis", chance),
          { type: "scatter", silent: true, symbolSize: 6, z: 3, data: folds.flatMap((one, i) => one.map((value) => ({ value: [value, at[i]], itemStyle: { color: faint(colour(keyOf(partOf(i))), 0.35) } }))) },
          { type: "scatter", z: 4, data: range(N).map((i) => dot(i, [rows.score[i], at[i]], 12)), tooltip: { formatter: (p) => rowTip(p.data.row) } },
        ].filter((one) => one),
      }),
    });
  }

  function ranked(parent) {
    const order = range(N).sort((a, b) => rows.score[b] - rows.score[a] || a - b);
    const nulls = rows.p && clean(rows.high).length > 0;
    const size = N > 3000 ? 3 : N > 600 ? 4 : N > 150 ? 6 : 8;
    const values = [...rows.score, ...(nulls ? [...clean(rows.high), ...clean(rows.low)] : []), chance];
    figure(parent, {
      caption: `${Score} of each ${[SESSION, several.groups ? by : null, several.decoders ? "decoder" : null].filter((x) => x !== null).join(", ").replace(/, ([^,]*)$/, " and $1")}, highest first`,
      note: `${largest ? plural(N, "mean over draws", "means over draws") : plural(N, "decoding")}${data.totals.rows > N ? ` of ${whole(data.totals.rows)}, the first by name` : ""}; the table of ${SESSION}s has the numbers.`,
      description: `${scoreSentence()} The table of ${SESSION}s has all numbers.`,
      legend: () => [...dotKeys(), ...(nulls ? [["null labels, 5 to 95 %", "bar", css("--null")]] : []), ...chanceKey()],
      height: () => 340,
      option: (width) => ({
        grid: { left: 30, right: 16, top: 14, bottom: 30, containLabel: true },
        xAxis: axis({ type: "value", name: "Rank", nameGap: 28, min: 0, max: N + 1, minInterval: 1, axisLabel: { formatter: (value) => (value > N ? "" : whole(value)) } }),
        yAxis: scoreAxis(values, { nameGap: 44 }),
        series: [
          nulls ? intervals(order.map((i, rank) => [rank + 1, rows.low[i], rows.high[i]]).filter((one) => one[1] !== null), { horizontal: false, width: Math.max(1, Math.min(7, (0.55 * (width - 90)) / N)), stroke: faint(css("--null"), 0.45), z: 1 }) : null,
          chance === null ? null : chanceLine("yAxis", chance),
          { type: "scatter", z: 4, data: order.map((i, rank) => dot(i, [rank + 1, rows.score[i]], size)), tooltip: { formatter: (p) => rowTip(p.data.row) } },
        ].filter((one) => one),
      }),
    });
  }

  /** A row per group or decoder: its sessions, their mean and its confidence. */
  function byPart(parent) {
    const labels = several.groups ? groups.slice() : decoders.slice();
    const meanOf = (label) => {
      const of = range(parts.length).filter((p) => (several.groups ? parts[p].group : parts[p].decoder) === label);
      return most(of.map((p) => data.means[p].mean));
    };
    const sorted = labels.map((label) => [label, meanOf(label)]).sort((a, b) => b[1] - a[1]).map(([label]) => label);
    const positions = parts.map((part) => {
      const row = sorted.indexOf(several.groups ? part.group : part.decoder);
      const dodge = several.groups && several.decoders ? dodged(part) : 0;
      return row + dodge;
    });
    const spread = several.groups && several.decoders ? 0.3 / decoders.length : 0.28;
    const jitter = (i) => (((i * 0.618034) % 1) - 0.5) * 2 * spread;
    const means = data.means;
    const confidence = range(parts.length).filter((p) => means[p].sem !== null);
    const nulls = range(parts.length).filter((p) => means[p].high !== undefined);
    const values = [...rows.score, chance, ...confidence.flatMap((p) => [means[p].mean - 1.96 * means[p].sem, means[p].mean + 1.96 * means[p].sem])];
    const size = N > 2000 ? 4 : 6;
    figure(parent, {
      caption: `${Score} by ${several.groups ? by : "decoder"}`,
      note: pseudo ? "Each dot is a resample; the large one is their mean." : largest ? `Each dot is a session with ${plural(largest, "neuron")}, its mean over draws; the large one is the mean of all draws.` : "Each dot is a session; the large one is their mean with its 95 % confidence interval (1.96 standard errors).",
      description: `Mean ${SCORE} by ${several.groups ? by : "decoder"}: ${range(parts.length).map((p) => `${partName(parts[p])} ${shown(means[p].mean)}`).slice(0, 40).join(", ")}.`,
      legend: () => [
        ...(several.groups && several.decoders ? decoders.map((name, i) => [name, "full", colour(i)]) : []),
        ...(nulls.length ? [["mean of null labels, 5 to 95 %", "bar", css("--null")]] : []),
        ...chanceKey(),
      ],
      height: () => 34 + (sorted.length + 1) * (several.groups && several.decoders ? 18 + 16 * decoders.length : 34),
      option: (width) => ({
        grid: { left: 8, right: 16, top: 8, bottom: 26, containLabel: true },
        xAxis: scoreAxis(values, { nameGap: 28 }),
        yAxis: namesAxis(sorted, width),
        series: [
          intervals(nulls.map((p) => [positions[p], means[p].low, means[p].high]), { horizontal: true, width: 12, stroke: faint(css("--null"), 0.55), z: 1 }),
          chance === null ? null : chanceLine("xAxis", chance),
          { type: "scatter", z: 3, symbolSize: size, data: range(N).filter(inMeans).map((i) => ({ value: [rows.score[i], positions[rows.part[i]] + jitter(i)], row: i, itemStyle: { color: faint(colour(keyOf(partOf(i))), 0.5) } })), tooltip: { formatter: (p) => rowTip(p.data.row) } },
          intervals(confidence.map((p) => [positions[p], means[p].mean - 1.96 * means[p].sem, means[p].mean + 1.96 * means[p].sem]), { horizontal: true, width: 2.5, stroke: css("--ink"), z: 5 }),
          { type: "scatter", z: 6, symbol: "circle", symbolSize: 11, data: range(parts.length).map((p) => ({ value: [means[p].mean, positions[p]], part: p, itemStyle: { color: colour(keyOf(parts[p])), borderColor: css("--ink"), borderWidth: 2 } })), tooltip: { formatter: (p) => meanTip(p.data.part, means[p.data.part]) } },
        ].filter((one) => one),
      }),
      table: { head: [several.groups ? by : "decoder", settings.neurons || settings.pseudoPopulation ? "decodings" : "sessions", `mean ${SCORE}`, "standard error", "p of the mean"].concat([]), rows: () => range(parts.length).map((p) => [partName(parts[p]), whole(means[p].n), shown(means[p].mean), shown(means[p].sem), shown(means[p].p)]) },
    });
  }

  function meanTip(p, mean, more) {
    return tip(
      partName(parts[p]),
      more,
      `mean ${SCORE} ${shown(mean.mean)}${mean.sem !== null ? ` ± ${shown(mean.sem)} (standard error)` : ""}`,
      mean.n > 1 ? `${whole(mean.n)} ${settings.neurons || settings.pseudoPopulation ? "decodings" : "sessions"}` : null,
      mean.p !== undefined ? `p of the mean ${shown(mean.p)}, 90 % of null means ${shown(mean.low)} to ${shown(mean.high)}` : null,
    );
  }

  // --- Curves

  /** Parts that are drawn as lines: all if they have a colour each, else those that reach highest. */
  function lines(curves) {
    const limit = several.decoders && several.groups ? MOST_COLOURS : MOST_COLOURS;
    const order = range(parts.length).sort((a, b) => most(clean(curves[b].map((c) => c.mean))) - most(clean(curves[a].map((c) => c.mean))));
    return order.slice(0, limit).sort((a, b) => a - b);
  }

  /** Lines that have their spread drawn; more would hide each other. */
  const MOST_BANDS = 4;

  function curveChart(parent, { caption, curves, xs, xAxis, marks, unit, spread, spreadName, note, table, description }) {
    const drawn = lines(curves);
    const one = drawn.length === 1;
    const tintOf = (p) => colour(drawn.indexOf(p));
    const left = parts.length - drawn.length;
    const reach = (c) => (drawn.length <= MOST_BANDS ? c[spread] || 0 : 0);
    const values = drawn.flatMap((p) => curves[p].filter((c) => c.mean !== null).flatMap((c) => [c.mean - reach(c), c.mean + reach(c), one ? c.low : null, one ? c.high : null])).filter((v) => v !== null && v !== undefined && !Number.isNaN(v));
    const spreads = drawn.length <= MOST_BANDS && drawn.some((p) => curves[p].some((c) => c[spread] !== null));
    const nulls = one && curves[drawn[0]].every((c) => c.high !== undefined);
    figure(parent, {
      caption,
      note: [note, left ? `The ${drawn.length} that reach highest of ${parts.length} are drawn; the table has all.` : ""].filter((x) => x).join(" ") || null,
      description,
      legend: () => [
        ...(one ? [] : drawn.map((p) => [partName(parts[p]), "line", tintOf(p)])),
        ...(spreads ? [[spreadName, "bar", faint(one ? colour(0) : css("--soft"), 0.25)]] : []),
        ...(nulls ? [["mean of null labels, 5 to 95 %", "bar", css("--band")]] : []),
        ...chanceKey(),
      ],
      height: () => 320,
      option: (width) => ({
        grid: { left: 30, right: 16, top: 14, bottom: marks ? 46 : 30, containLabel: true },
        xAxis: xAxis(),
        yAxis: scoreAxis([...values, chance], { nameGap: 44 }),
        series: [
          marks ? marks(width) : null,
          nulls ? band(curves[drawn[0]].map((c, i) => [xs[i], c.low, c.high]), css("--band"), 1) : null,
          chance === null ? null : chanceLine("yAxis", chance),
          ...(spreads ? drawn : []).filter((p) => curves[p].some((c) => c[spread] !== null)).map((p) => band(curves[p].map((c, i) => [xs[i], c.mean - (c[spread] || 0), c.mean + (c[spread] || 0)]).filter((q, i) => curves[p][i].mean !== null), faint(tintOf(p), one ? 0.25 : 0.15), 2)),
          ...drawn.map((p) => ({
            type: "line",
            zlevel: 0,
            z: 4,
            symbol: "circle",
            symbolSize: 7,
            lineStyle: { color: tintOf(p), width: 2 },
            itemStyle: { color: tintOf(p) },
            data: curves[p].map((c, i) => ({ value: [xs[i], c.mean], index: i })),
            tooltip: { formatter: (q) => meanTip(p, curves[p][q.data.index], unit(q.data.index)) },
          })),
        ].filter((x) => x),
      }),
      table,
    });
  }

  /** Of which neurons a mean is, where it has to be said. */
  const ofLargest = () => (largest ? ` With ${plural(largest, "neuron")}${fewer ? `, in the ${populations(having)} that ${having === 1 ? "has" : "have"} as many` : ""}.` : "");

  function overTime() {
    if (!data.overTime) return;
    const parent = section("time");
    const xs = windows.map(centre);
    const curves = data.overTime;
    const best = curves.map((curve, p) => {
      const i = range(curve.length).reduce((a, b) => (curve[b].mean > curve[a].mean ? b : a), 0);
      return `${partName(parts[p])} highest, ${shown(curve[i].mean)}, at ${span(windows[i])}`;
    });
    curveChart(parent, {
      caption: `${MEAN} in each window`,
      note: `Windows are drawn at their centre; each is ${seconds(windows[0][1] - windows[0][0])} s wide.${ofLargest()}`,
      curves,
      xs,
      unit: (i) => span(windows[i]),
      spread: "sem",
      spreadName: "± standard error over sessions",
      xAxis: () => axis({ type: "value", name: "Time from the event (s)", nameGap: 28, scale: true, axisLabel: { formatter: seconds } }),
      description: `${MEAN} over time: ${best.slice(0, 20).join("; ")}.`,
      table: {
        head: ["window", ...parts.map((part, p) => `${partName(part)}${curves[p].some((c) => c.sem !== null) ? ", mean ± SE" : ""}`)],
        rows: () => windows.map((w, i) => [span(w), ...parts.map((_, p) => `${shown(curves[p][i].mean)}${curves[p][i].sem !== null ? ` ± ${shown(curves[p][i].sem)}` : ""}`)]),
      },
    });
  }

  function overNeurons() {
    if (!data.overNeurons) return;
    const parent = section("neurons");
    const curves = data.overNeurons;
    const counts = data.sizePopulations;
    const same = counts.every((n) => n === counts[0]);
    const several = data.totals.sessions > 1;
    curveChart(parent, {
      caption: `Mean ${SCORE} from so many neurons, drawn at random`,
      note: [
        windows.length > 1 ? `In the window ${span(windows[data.best])}.` : "",
        same ? "" : `Not the same ${several.groups ? "ones" : "sessions"} everywhere: a ${POPULATION} with fewer neurons is left out, so that there are ${sizes.map((size, i) => `${whole(counts[i])} with ${whole(size)}`).join(", ")}.`,
      ].filter((x) => x).join(" ") || null,
      curves,
      xs: sizes,
      unit: (i) => plural(sizes[i], "neuron"),
      spread: "sd",
      spreadName: `± standard deviation over draws${several ? " and sessions" : ""}`,
      marks: (width) => ticks(sizes, width),
      xAxis: () => axis({ type: "log", logBase: 10, name: "Neurons", nameGap: 28, min: sizes[0], max: largest, axisLabel: { show: false }, axisTick: { show: false } }),
      description: `Mean ${SCORE} over the number of neurons: ${parts.map((part, p) => `${partName(part)} from ${shown(curves[p][0].mean)} with ${sizes[0]} to ${shown(curves[p][sizes.length - 1].mean)} with ${sizes[sizes.length - 1]}`).slice(0, 20).join("; ")}.`,
      table: {
        head: ["neurons", "sessions", ...parts.map((part) => `${partName(part)}, mean ± SD`)],
        rows: () => sizes.map((size, i) => [whole(size), whole(counts[i]), ...parts.map((_, p) => `${shown(curves[p][i].mean)} ± ${shown(curves[p][i].sd)}`)]),
      },
    });
  }

  /** Labels of a logarithmic axis at the numbers that there are, as far as there is room. */
  function ticks(numbers, width) {
    const room = width - 90;
    const place = (n) => (Math.log(n / numbers[0]) / Math.log(largest / numbers[0])) * room;
    let free = Infinity;
    const data = [...numbers].reverse().filter((n) => {
      const half = 4 * String(n).length + 4;
      if (place(n) + half > free) return false;
      free = place(n) - half;
      return true;
    });
    return {
      type: "scatter",
      data: [],
      silent: true,
      markLine: {
        silent: true,
        symbol: "none",
        label: { show: true, position: "start", distance: 6, color: css("--soft"), fontSize: 12, formatter: (p) => whole(p.value) },
        lineStyle: { color: "transparent" }, // it would cross the dots
        data: data.map((n) => ({ xAxis: n })),
      },
    };
  }

  // --- Matrices

  function select(parent, name, options, change) {
    if (options.length < 2) return;
    const chooser = el("select", { onchange: () => change(Number(chooser.value)) }, ...options.map((option, i) => el("option", { value: i }, option)));
    parent.append(el("div", { class: "controls" }, el("label", {}, name, chooser)));
  }

  function ramp(low, high) {
    return el("div", { class: "ramp" }, el("span", {}, low), el("span", { class: "colours", "aria-hidden": "true" }), el("span", {}, high));
  }

  const visual = (min, max) => ({
    show: false,
    type: "continuous",
    min,
    max: max > min ? max : min + 1,
    inRange: { color: [css("--low"), css("--mid"), css("--high")] },
  });

  const ink = (share) => (share > 0.55 ? css("--page") : css("--ink"));

  function generalisation() {
    if (!data.generalisation) return;
    const parent = section("generalisation");
    let chosen = 0;
    const names = windows.map((w) => signed(centre(w)));
    const values = clean(data.generalisation.flat(2));
    const low = least([...values, ...(chance === null ? [] : [chance])]);
    const high = most(values);
    const describe = () => {
      const matrix = data.generalisation[chosen];
      let where = [0, 0];
      matrix.forEach((line, a) => line.forEach((value, b) => { if (a !== b && (where[0] === where[1] || value > matrix[where[0]][where[1]])) where = [a, b]; }));
      return `${MEAN} of decoders trained in one window and tested in another, ${partName(parts[chosen])}. The highest between two windows is ${shown(matrix[where[0]][where[1]])}, trained at ${span(windows[where[0]])} and tested at ${span(windows[where[1]])}.`;
    };
    let drawn = null;
    select(parent, "Shown", parts.map(partName), (i) => {
      chosen = i;
      drawn.box.setAttribute("aria-label", describe());
      drawn.figure.querySelector("details").replaceWith(asTable(table));
      draw(drawn);
    });
    const table = {
      head: ["trained at (s)", ...windows.map((w) => `tested at ${signed(centre(w))}`)],
      rows: () => data.generalisation[chosen].map((line, i) => [names[i], ...line.map(shown)]),
    };
    drawn = figure(parent, {
      caption: `${MEAN}, trained in one window and tested in another`,
      note: `Windows are named by their centre. On the diagonal a decoder is tested where it was trained, on other events.${chance !== null && !regression ? ` Chance is ${shown(chance)}.` : ""}${ofLargest()}`,
      description: describe(),
      height: (width) => Math.min(width, 520),
      option: (width) => {
        const side = Math.min(width, 520) - 60;
        return {
          grid: { left: 52, top: 8, width: Math.min(side, width - 60), height: side },
          xAxis: axis({ type: "category", data: names, name: "Tested at (s)", nameGap: 28 }),
          yAxis: axis({ type: "category", data: names, name: "Trained at (s)", nameGap: 38 }),
          visualMap: visual(low, high),
          series: [{
            type: "heatmap",
            data: data.generalisation[chosen].flatMap((line, a) => line.map((value, b) => [b, a, value === null ? "-" : value])),
            label: { show: windows.length <= 9 && side / windows.length > 34, fontSize: 11, formatter: (p) => shown(p.value[2]), color: css("--ink") },
            itemStyle: { borderColor: css("--page"), borderWidth: windows.length > 40 ? 0 : 1 },
            tooltip: { formatter: (p) => tip(`${SCORE} ${shown(p.value[2])}`, `trained at ${span(windows[p.value[1]])}`, `tested at ${span(windows[p.value[0]])}`) },
          }].map((series) => ({ ...series, data: series.data.map((value) => ({ value, label: { color: value[2] === "-" ? css("--ink") : ink((value[2] - low) / (high - low || 1)) } })) })),
        };
      },
      table,
    });
    drawn.figure.querySelector(".chart").before(ramp(shown(low), shown(high)));
  }

  function confusion() {
    if (regression || !data.confusion) return;
    const parent = section("confusion");
    const classes = data.confusion.classes;
    if (!classes) {
      parent.append(el("p", { class: "note" }, `A matrix of ${whole(data.confusion.number)} classes is not drawn; the table confusion/ has it.`));
      return;
    }
    const pooled = data.confusion.pooled;
    const single = data.confusion.single || [];
    const matrices = [...pooled, ...single];
    if (!matrices.length) return;
    const many = rows.names.length > 1;
    const name = (m) => {
      const part = parts.length > 1 ? partName(parts[m.part]) : null;
      return [m.session !== undefined ? m.session : many ? `all ${SESSION}s` : null, part].filter((x) => x !== null).join(", ") || `all ${EVENT}s`;
    };
    const label = settings.label || "the class";
    let chosen = 0;
    const k = classes.length;
    /** Cells with the share of their true class. */
    const cells = () => {
      const list = [];
      const sums = new Array(k).fill(0);
      const flat = matrices[chosen].cells;
      for (let i = 0; i < flat.length; i += 3) sums[flat[i]] += flat[i + 2];
      for (let i = 0; i < flat.length; i += 3) list.push({ truth: flat[i], predicted: flat[i + 1], count: flat[i + 2], share: flat[i + 2] / sums[flat[i]] });
      return list;
    };
    const describe = () => {
      const wrong = cells().filter((c) => c.truth !== c.predicted).sort((a, b) => b.share - a.share)[0];
      const right = cells().filter((c) => c.truth === c.predicted);
      return `Confusion matrix of ${k} classes, ${name(matrices[chosen])}. The mean of the classes' recalls is ${shown(right.reduce((a, c) => a + c.share, 0) / k)}.${wrong ? ` Most often ${classes[wrong.truth]} is taken for ${classes[wrong.predicted]}: ${shown(wrong.share)} of its events.` : ""}`;
    };
    const table = {
      head: [`true ${label}`, "predicted", `${EVENT}s`, "share of the true class"],
      rows: () => cells().sort((a, b) => (k > 20 ? b.share - a.share : a.truth - b.truth || a.predicted - b.predicted)).slice(0, 400).map((c) => [classes[c.truth], classes[c.predicted], whole(c.count), shown(c.share)]),
      more: k > 20 ? "The highest shares, 400 at most; the table confusion/ has all." : null,
    };
    let drawn = null;
    let scale = null;
    select(parent, "Shown", matrices.map(name), (i) => {
      chosen = i;
      drawn.box.setAttribute("aria-label", describe());
      drawn.figure.querySelector("details").replaceWith(asTable(table));
      draw(drawn);
      scale.replaceWith((scale = ramp("0", shown(top()))));
    });
    const top = () => most(cells().map((c) => c.share));
    drawn = figure(parent, {
      caption: `Share of the ${EVENT}s of each ${label} by what was predicted`,
      note: `Rows add up to 1; the diagonal is right.${windows.length > 1 ? ` In the window ${span(windows[data.best])}.` : ""}${ofLargest()}${settings.neurons || settings.repeats ? " An event counts as often as it was predicted." : ""}`,
      description: describe(),
      height: (width) => Math.min(width, k < 7 ? 330 : 560) + (k < 7 ? 10 : 0),
      option: (width) => {
        const box = Math.min(width, k < 7 ? 330 : 560);
        const long = most(classes.map((c) => c.length)) > 4;
        const left = 34 + Math.min(110, 8 * most(classes.map((c) => c.length)) + 10);
        const side = Math.min(box - 64, width - left - 8);
        const highest = top();
        const labels = { width: 100, overflow: "truncate", hideOverlap: true };
        return {
          grid: { left, top: 8, width: side, height: side, show: true, backgroundColor: css("--low"), borderColor: css("--line") },
          xAxis: axis({ type: "category", data: classes, name: `Predicted ${label}`, nameGap: 30, axisLabel: { ...labels, width: Math.max(24, side / Math.min(k, 8) - 6) }, axisTick: { show: false }, axisLine: { show: false } }),
          yAxis: axis({ type: "category", data: classes, inverse: true, name: `True ${label}`, nameGap: left - 18, axisLabel: labels, axisTick: { show: false }, axisLine: { show: false } }),
          visualMap: visual(0, highest),
          series: [{
            type: "heatmap",
            data: cells().map((c) => ({ value: [c.predicted, c.truth, c.share], count: c.count, label: { color: ink(c.share / highest) } })),
            label: { show: k <= 12 && side / k > 30, fontSize: k < 7 ? 13 : 11, formatter: (p) => shown(p.value[2]) },
            itemStyle: { borderColor: css("--page"), borderWidth: k > 40 ? 0 : 1 },
            tooltip: { formatter: (p) => tip(`${classes[p.value[1]]} predicted as ${classes[p.value[0]]}`, `${shown(p.value[2])} of its events (${whole(p.data.count)})`) },
          }],
        };
      },
      table,
    });
    scale = ramp("0", shown(top()));
    drawn.figure.querySelector(".chart").before(scale);
  }

  function points() {
    const of = data.points;
    if (!of || !of.target || !of.target.length) return;
    const parent = section("points");
    const all = [...of.target, ...of.predicted];
    const ends = [least(all), most(all)];
    const name = [of.session, parts.length > 1 ? partName(parts[of.part]) : null].filter((x) => x).join(", ");
    const label = settings.label || "target";
    figure(parent, {
      caption: `Predicted and true ${label}${rows.names.length > 1 || parts.length > 1 ? ` of ${name}, which is predicted best` : ""}`,
      note: `Each dot is an event that its decoder was not trained on${of.target.length < of.events ? `; ${whole(of.target.length)} of ${whole(of.events)}, evenly chosen` : ""}. On the line both are equal.`,
      description: `Predicted against true ${label} of ${plural(of.target.length, "event")}; true values from ${shown(least(of.target))} to ${shown(most(of.target))}, predicted ones from ${shown(least(of.predicted))} to ${shown(most(of.predicted))}.`,
      height: (width) => Math.min(width, 460),
      option: (width) => ({
        grid: { left: 62, top: 8, width: Math.min(width, 460) - 78, height: Math.min(width, 460) - 56 },
        xAxis: axis({ type: "value", scale: true, name: `True ${label}`, nameGap: 28, splitLine: { show: true, lineStyle: { color: css("--grid") } } }),
        yAxis: axis({ type: "value", scale: true, name: `Predicted ${label}`, nameGap: 46, splitLine: { show: true, lineStyle: { color: css("--grid") } } }),
        series: [
          { type: "line", silent: true, symbol: "none", lineStyle: { color: css("--soft"), type: [5, 4], width: 1.5 }, data: ends.map((v) => [v, v]) },
          { type: "scatter", symbolSize: 5, itemStyle: { color: faint(colour(0), 0.5) }, data: of.target.map((v, i) => [v, of.predicted[i]]), tooltip: { formatter: (p) => tip(`true ${shown(p.value[0])}`, `predicted ${shown(p.value[1])}`) } },
        ],
      }),
    });
  }

  // --- Units

  function units() {
    const found = data.units;
    if (!found || !found.units || !found.units.length) return;
    const parent = section("units");
    const where = found.sessions.length > 1 ? ` in the ${found.sessions.length} ${several.groups ? `best decoded pairs of session and ${by}` : settings.pseudoPopulation ? "first sessions" : "best decoded sessions"}` : "";
    parent.append(el("p", { class: "note" },
      `Of ${plural(found.ranked, "unit")}${where}, those whose spike counts from ${seconds(found.start)} to ${seconds(found.stop)} s ${regression ? `follow ${settings.label} best (linear regression)` : `differ most between classes (one-way analysis of variance)`}, by ω², the share of the variance that is explained. ` +
      `Rasters show at most 80 events in all, evenly chosen over the recording; rates are means over all events in bins of ${seconds(found.edges[1] - found.edges[0])} s with their 95 % confidence band (1.96 standard errors). Grey is the window that was decoded.` +
      (data.confusion && data.confusion.number > 4 ? " Of the classes, the two with the most and the two with the fewest spikes are drawn." : "") +
      (regression ? ` Events are drawn in three equal parts by ${settings.label}.` : "")));
    const cards = el("div", { class: "cards" });
    parent.append(cards);
    found.units.forEach((unit) => unitCard(cards, unit, found));
  }

  function unitCard(parent, unit, found) {
    const conditions = unit.conditions;
    const middles = range(found.edges.length - 1).map((i) => (found.edges[i] + found.edges[i + 1]) / 2);
    const [first, last] = [found.edges[0], found.edges[found.edges.length - 1]];
    const trials = conditions.flatMap((c, i) => c.trials.map((times) => ({ times, i })));
    const total = trials.length;
    const F = unit.f === null ? "∞" : unit.f >= 100 ? whole(Math.round(unit.f)) : shown(unit.f);
    const peak = (c) => range(c.rate.length).reduce((a, b) => (c.rate[b] > c.rate[a] ? b : a), 0);
    const top = most(conditions.flatMap((c) => c.rate.map((r, i) => r + 1.96 * (c.standardError[i] || 0))));
    const gap = nice((top || 1) / 3);
    const marks = (line) => ({
      markArea: { silent: true, itemStyle: { color: css("--window") }, data: [[{ xAxis: Math.max(first, found.start) }, { xAxis: Math.min(last, found.stop) }]] },
      markLine: first <= 0 && last >= 0 ? { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("--soft"), width: 1, type: "solid" }, data: [{ xAxis: 0 }] } : undefined,
      ...line,
    });
    figure(parent, {
      caption: `Unit ${unit.neuron}`,
      note: `${[unit.session, unit.group].filter((x) => x).join(", ")}${unit.session || unit.group ? " · " : ""}ω²\u00a0=\u00a0${shown(unit.omegaSquared)}, F(${whole(unit.between)},\u00a0${whole(unit.within)})\u00a0=\u00a0${F}`,
      description: `Raster and firing rate of unit ${unit.neuron}. ${conditions.map((c) => `${c.label}: ${plural(c.events, "event")}, at most ${shown(c.rate[peak(c)])} spikes per second at ${seconds(middles[peak(c)])} s`).join("; ")}.`,
      legend: () => conditions.map((c, i) => [`${c.label} (${whole(c.events)})`, "full", colour(i)]),
      height: () => 300,
      option: () => {
        const height = 116;
        const x = (grid, more) => axis({ type: "value", gridIndex: grid, min: first, max: last, ...more });
        return {
          grid: [{ left: 52, right: 10, top: 6, height }, { left: 52, right: 10, top: 134, bottom: 42 }],
          xAxis: [
            x(0, { axisLabel: { show: false }, axisTick: { show: false }, axisLine: { show: false } }),
            x(1, { name: "Time from the event (s)", nameGap: 26, axisLabel: { formatter: seconds, showMinLabel: false, showMaxLabel: false } }),
          ],
          yAxis: [
            axis({ type: "value", gridIndex: 0, min: 0, max: total, inverse: true, name: "Events", nameGap: 38, axisLabel: { show: false }, axisTick: { show: false }, axisLine: { show: false } }),
            axis({ type: "value", gridIndex: 1, min: 0, max: Number((Math.ceil((top || 1) / gap - 1e-9) * gap).toFixed(9)), interval: gap, name: "Spikes/s", nameGap: 38, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: css("--grid") } } }),
          ],
          series: [
            ...conditions.map((c, i) => ({
              type: "scatter",
              symbol: "rect",
              symbolSize: [1.5, Math.max(1, height / Math.max(total, 1) - 0.3)],
              itemStyle: { color: colour(i) },
              xAxisIndex: 0,
              yAxisIndex: 0,
              silent: true,
              data: trials.flatMap((trial, row) => (trial.i === i ? trial.times.map((t) => [t, row + 0.5]) : [])),
              ...(i === 0 ? marks({}) : {}),
            })),
            ...conditions.filter((c) => c.standardError.every((e) => e !== null)).map((c) => ({ ...band(middles.map((m, j) => [m, Math.max(0, c.rate[j] - 1.96 * c.standardError[j]), c.rate[j] + 1.96 * c.standardError[j]]), faint(colour(conditions.indexOf(c)), 0.2), 2), xAxisIndex: 1, yAxisIndex: 1 })),
            ...conditions.map((c, i) => ({
              type: "line",
              symbol: "circle",
              symbolSize: 6,
              showSymbol: false,
              xAxisIndex: 1,
              yAxisIndex: 1,
              zlevel: 0, // ECharts 5.3 complains on hover where it must do without
              z: 4,
              lineStyle: { color: colour(i), width: 2 },
              itemStyle: { color: colour(i) },
              data: middles.map((m, j) => [m, c.rate[j]]),
              ...(i === 0 ? marks({}) : {}),
            })),
          ],
          tooltip: tooltip({
            trigger: "axis",
            axisPointer: { lineStyle: { color: css("--soft") } },
            formatter: (points) => {
              const of = (Array.isArray(points) ? points : [points]).filter((p) => p.seriesType === "line");
              if (!of.length) return "";
              const j = of[0].dataIndex;
              return tip(`${seconds(found.edges[j])} to ${seconds(found.edges[j + 1])} s`, ...conditions.map((c) => `${c.label}: ${shown(c.rate[j])} spikes/s${c.standardError[j] === null ? "" : ` ± ${shown(1.96 * c.standardError[j])}`}`));
            },
          }),
        };
      },
      table: {
        head: ["time (s)", ...conditions.map((c) => `${c.label} (spikes/s)`)],
        rows: () => middles.map((m, j) => [seconds(m), ...conditions.map((c) => shown(c.rate[j]))]),
      },
    });
  }

  // --- The table of sessions

  const PAGE = 50;

  function sessions() {
    const parent = section("sessions");
    if (pseudo) parent.querySelector("h2").textContent = "Resamples";
    const columns = [
      { name: SESSION, get: nameOf, text: true },
      several.groups ? { name: by, get: (i) => partOf(i).group ?? "all", text: true } : null,
      several.decoders ? { name: "decoder", get: (i) => partOf(i).decoder, text: true } : null,
      { name: SCORE, get: (i) => rows.score[i] },
      { name: regression ? "correlation" : "chance", get: (i) => rows.beside[i] },
      rows.p ? { name: "p", get: (i) => rows.p[i] } : null,
      rows.high ? { name: "null 95 %", get: (i) => rows.high[i] } : null,
      rows.majorityShare ? { name: "largest class", get: (i) => rows.majorityShare[i] } : null,
      rows.balancedAccuracy ? { name: "balanced", get: (i) => rows.balancedAccuracy[i] } : null,
      rows.mutualInformation ? { name: "information (bits)", get: (i) => rows.mutualInformation[i] } : null,
      { name: `${EVENT}s`, get: (i) => rows.events[i], integer: true },
      { name: "neurons", get: (i) => rows.neurons[i], integer: true },
      rows.classes ? { name: "classes", get: (i) => rows.classes[i], integer: true } : null,
    ].filter((column) => column && (column.text || N === 0 || range(N).some((i) => column.get(i) !== null)));
    if (data.totals.rows > N)
      parent.append(el("p", { class: "note" }, `The first ${whole(N)} of ${whole(data.totals.rows)} by name; the table results/ has all.`));
    const state = { column: 0, down: false, filter: "", page: 0 };
    const filter = el("input", { type: "search", "aria-label": "Filter by name", placeholder: "Filter by name", oninput: () => { state.filter = filter.value; state.page = 0; fill(); } });
    const onlySignificant = el("input", { type: "checkbox", onchange: () => { state.page = 0; fill(); } });
    const count = el("span", { role: "status", "aria-live": "polite" });
    parent.append(el("div", { class: "controls" }, filter, rows.p && clean(rows.p).length > 1 ? el("label", {}, onlySignificant, "p ≤ 0.05") : null, count));
    const heads = columns.map((column, c) =>
      el("th", { scope: "col", class: column.text ? "name" : "number", "aria-sort": "none" },
        el("button", { type: "button", onclick: () => { state.down = state.column === c ? !state.down : !column.text; state.column = c; state.page = 0; fill(); } }, column.name)));
    const body = el("tbody");
    parent.append(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table of ${SESSION}s` }, el("table", { id: "table" }, el("thead", {}, el("tr", {}, ...heads)), body)));
    const before = el("button", { type: "button", onclick: () => { state.page--; fill(); } }, "Previous");
    const after = el("button", { type: "button", onclick: () => { state.page++; fill(); } }, "Next");
    const where = el("span");
    const pager = el("div", { class: "controls" }, before, where, after);
    parent.append(pager);
    const collator = new Intl.Collator("en", { numeric: true });
    const lower = rows.names.map((name) => name.toLowerCase());
    const lowerParts = parts.map((part) => `${part.group ?? ""} ${part.decoder}`.toLowerCase());

    function wanted() {
      const text = state.filter.trim().toLowerCase();
      let list = range(N);
      if (text) list = list.filter((i) => lower[rows.session[i]].includes(text) || (parts.length > 1 && lowerParts[rows.part[i]].includes(text)));
      if (onlySignificant.checked) list = list.filter((i) => rows.p[i] !== null && rows.p[i] <= 0.05);
      const column = columns[state.column];
      const compare = (a, b) => {
        const [x, y] = [column.get(a), column.get(b)];
        if (column.text) return collator.compare(x, y);
        if (x === null || y === null) return x === y ? 0 : (x === null ? 1 : -1) * (state.down ? -1 : 1);
        return x - y;
      };
      return list.sort((a, b) => (state.down ? -1 : 1) * compare(a, b) || a - b);
    }

    function fill() {
      const list = wanted();
      const pages = Math.max(1, Math.ceil(list.length / PAGE));
      state.page = Math.min(state.page, pages - 1);
      const part = list.slice(state.page * PAGE, (state.page + 1) * PAGE);
      heads.forEach((head, c) => head.setAttribute("aria-sort", c === state.column ? (state.down ? "descending" : "ascending") : "none"));
      body.replaceChildren(...part.map((i) => el("tr", {}, ...columns.map((column) => {
        const value = column.get(i);
        return el("td", { class: column.text ? "name" : "number" }, column.text ? value : column.integer ? whole(value) : shown(value));
      }))));
      count.textContent = list.length === N ? plural(N, "row") : `${whole(list.length)} of ${plural(N, "row")}`;
      where.textContent = `${whole(state.page + 1)} of ${whole(pages)}`;
      before.disabled = state.page === 0;
      after.disabled = state.page === pages - 1;
      pager.hidden = pages === 1;
    }
    fill();
    const warnings = Object.entries(rows.warnings || {});
    if (warnings.length) {
      const details = el("details", {}, el("summary", {}, plural(warnings.length, "warning")));
      details.append(el("ul", {}, ...warnings.slice(0, 200).map(([i, text]) => el("li", {}, `${fullName(Number(i))}: ${text}`))));
      if (warnings.length > 200) details.append(el("p", { class: "note" }, `${whole(warnings.length - 200)} more are in the table results/.`));
      parent.append(details);
    }
  }

  // --- Failures and settings

  function failures() {
    const of = data.failures;
    if (!data.totals.failed) return;
    const parent = section("failures");
    parent.append(el("div", { class: "scroll", tabindex: "0" }, plainTable(["reason", "number"], of.reasons.slice(0, 100).map((one) => [one.reason, whole(one.n)]))));
    if (of.reasons.length > 100) parent.append(el("p", { class: "note" }, `${whole(of.reasons.length - 100)} more reasons are in the table results/.`));
    const details = el("details", {}, el("summary", {}, "Which they are"));
    details.addEventListener("toggle", () => {
      if (!details.open || details.childElementCount > 1) return;
      details.append(el("div", { class: "scroll", tabindex: "0" }, plainTable(["session", by, "decoder", "reason"], of.failed.map((one) => [one.session, one.group ?? "–", one.decoder, one.reason]))));
      if (of.failed.length < data.totals.failed) details.append(el("p", { class: "note" }, `The first ${whole(of.failed.length)} of ${whole(data.totals.failed)}; the table results/ has all.`));
    });
    parent.append(details);
  }

  function settingsList() {
    const parent = document.getElementById("settings");
    const list = el("dl", { class: "settings" });
    const text = (value) => (Array.isArray(value) ? value.map(text).join(", ") : value !== null && typeof value === "object" ? Object.entries(value).map(([k, v]) => `${k} = ${text(v)}`).join(", ") : String(value));
    const names = { paths: "data", window: "window (start, stop, step)", program: "versions", testSize: "test size", leaveOut: "left out", foldColumn: "fold column", decoderSettings: "decoder settings", pseudoPopulation: "pseudo-population", minTrials: "trials a session must have", null: "null labels" };
    for (const [name, value] of Object.entries(settings)) {
      if (value === null || name === "command" || (Array.isArray(value) && !value.length)) continue;
      list.append(el("dt", {}, Object.prototype.hasOwnProperty.call(names, name) ? names[name] : name), el("dd", {}, text(value)));
    }
    if (typeof data.seconds === "number") list.append(el("dt", {}, "time taken"), el("dd", {}, `${data.seconds.toFixed(1)} s`));
    parent.append(list);
    if (settings.command) {
      parent.append(el("p", { class: "note" }, "The command that repeats it:"), el("pre", { class: "command" }, settings.command));
    }
  }

  // --- All of it

  asked();
  scores();
  overTime();
  generalisation();
  overNeurons();
  confusion();
  points();
  units();
  sessions();
  failures();
  settingsList();

  let waiting = null;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => charts.forEach((one) => one.box.clientWidth !== one.width && draw(one)), 120);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(draw));
  document.documentElement.dataset.ready = "true";
})();
