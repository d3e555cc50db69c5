"use strict";
(() => {
  const data = JSON.parse(document.getElementById("donnees").textContent);
  const room = document.getElementById("liens-js");
  const find = document.getElementById("cherche"), group = document.getElementById("groupe"), order = document.getElementById("ordre");
  const more = document.getElementById("suite"), count = document.getElementById("compte");
  const STEP = 40;
  let shown = STEP, edges = [];
  const fr = (x, d = 0) => Number(x).toLocaleString("fr-FR", { minimumFractionDigits: d, maximumFractionDigits: d });
  const plural = (n, one, several) => `${fr(n)} ${n < 2 ? one : several}`;
  const date = s => new Date((data.t0 + s) * 1000).toISOString().slice(0, 19).replace("T", " ");
  const chance = p => {
    if (p <= 0) return "moins de 10⁻³⁰⁰";
    if (p >= 0.001) return fr(p, 3);
    const power = Math.floor(Math.log10(p));
    return `${fr(p / 10 ** power, 1)} × 10${String(power).replace(/./g, c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻")}`;
  };
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const E = { a: 0, b: 1, weight: 2, objects: 3, pairs: 4, delay: 5, days: 6, first: 7, second: 8, p: 9, within: 10, group: 11, rows: 12 };
  const why = e => {
    const a = data.accounts[e[E.a]], b = data.accounts[e[E.b]];
    let text = `${a} et ${b} ont partagé ${plural(e[E.objects], "objet identique", "objets identiques")} à ${fr(data.window)} s d’intervalle au plus`;
    if (e[E.days] !== null) text += `, sur ${plural(e[E.days], "jour", "jours")}`;
    text += ` ; délai moyen : ${fr(e[E.delay], 1)} s.`;
    if (e[E.first] !== null) {
      if (e[E.first] >= 0.8) text += ` ${a} publie presque toujours en premier.`;
      else if (e[E.second] >= 0.8) text += ` ${b} publie presque toujours en premier.`;
      else if (e[E.first] + e[E.second] <= 0.2) text += " Ils publient presque toujours à la même seconde.";
      else text += " Aucun des deux ne précède toujours l’autre.";
    }
    if (e[E.p] !== null) text += ` Si chacun partageait à son rythme et au hasard, la probabilité d’en voir autant serait de ${chance(e[E.p])} ; à l’intérieur de leur famille d’intérêts : ${chance(e[E.within])}.`;
    else text += ` Poids ${fr(e[E.weight])}, strictement au-dessus du seuil ${fr(data.threshold, 1)}.`;
    return text;
  };
  const posts = e => {
    const frame = make("div", undefined, "cadre"), table = make("table"), head = make("tr"), rows = e[E.rows];
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", "Partages derrière ce lien");
    const kept = rows.length / 5;
    table.append(make("caption", kept < e[E.pairs] ? `${fr(kept)} des ${fr(e[E.pairs])} paires de partages ; toutes sont dans pairs.parquet.` : plural(kept, "paire de partages", "paires de partages")));
    for (const name of ["Objet partagé", data.accounts[e[E.a]], data.accounts[e[E.b]], "Écart"]) {
      const th = make("th", name);
      th.scope = "col";
      head.append(th);
    }
    const thead = make("thead"), body = make("tbody");
    thead.append(head);
    for (let i = 0; i < rows.length; i += 5) {
      const [object, time, delay, codeA, codeB] = rows.slice(i, i + 5), line = make("tr");
      line.append(make("td", data.objects[object], "objet"));
      for (const [t, code] of [[time, codeA], [time + delay, codeB]]) {
        const cell = make("td", `${date(t)} `);
        cell.append(make("span", code, "code doux"));
        line.append(cell);
      }
      line.append(make("td", `${fr(Math.abs(delay), Number.isInteger(delay) ? 0 : 2)} s`, "n"));
      body.append(line);
    }
    table.append(thead, body);
    frame.append(table);
    return frame;
  };
  const item = e => {
    const box = make("details"), title = make("summary");
    title.append(make("b", `${data.accounts[e[E.a]]} — ${data.accounts[e[E.b]]}`, "code"));
    title.append(` · communauté ${e[E.group]} · ${plural(e[E.objects], "objet", "objets")} · ${fr(e[E.delay], 1)} s`);
    box.append(title);
    box.addEventListener("toggle", () => {
      if (!box.open || box.childElementCount > 1) return;
      box.append(make("p", why(e)), posts(e));
      mark([data.accounts[e[E.a]], data.accounts[e[E.b]]]);
    });
    return box;
  };
  const mark = names => {
    for (const dot of document.querySelectorAll(".noeuds circle")) dot.classList.toggle("choisi", names.includes(dot.dataset.n));
  };
  const fill = () => {
    room.replaceChildren(...edges.slice(0, shown).map(item));
    more.disabled = shown >= edges.length;
    count.textContent = `${plural(Math.min(shown, edges.length), "lien affiché", "liens affichés")} sur ${fr(edges.length)}.`;
  };
  const select = () => {
    const text = find.value.trim().toLowerCase(), wanted = group.value;
    edges = data.edges.filter(e => (!wanted || String(e[E.group]) === wanted) && (!text
      || data.accounts[e[E.a]].toLowerCase().includes(text) || data.accounts[e[E.b]].toLowerCase().includes(text)
      || e[E.rows].some((x, i) => i % 5 === 0 && data.objects[x].toLowerCase().includes(text))));
    const key = { poids: e => -e[E.weight], delai: e => e[E.delay], hasard: e => e[E.p] ?? 0 }[order.value];
    edges.sort((x, y) => key(x) - key(y) || x[E.a] - y[E.a] || x[E.b] - y[E.b]);
    shown = STEP;
    fill();
  };
  document.getElementById("liens-table").hidden = true;
  document.getElementById("liens-outils").hidden = false;
  find.addEventListener("input", select);
  group.addEventListener("change", select);
  order.addEventListener("change", select);
  more.addEventListener("click", () => { shown += STEP; fill(); });
  document.querySelector(".noeuds")?.addEventListener("click", event => {
    const name = event.target.closest("circle")?.dataset.n;
    if (!name) return;
    find.value = name;
    group.value = "";
    select();
    mark([name]);
    document.getElementById("liens").scrollIntoView();
  });
  select();
})();
