"use strict";
// Comforts of the share sheet; it works as a plain page without them. Nothing is posted from here: the phone's own
// share sheet opens with the file, and the person goes on there.

const HEADERS = { "X-Feuille": "1" };
document.documentElement.classList.add("script");

async function ask(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: HEADERS }).catch(() => null);
  const page = document.createElement("template");
  page.innerHTML = answer ? await answer.text() : "";
  return page.content.querySelector("[data-passe]");
}

function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  return ask(form.action, { method: "POST", body: data });
}

function dress(sheet) {
  for (const hidden of sheet.querySelectorAll("[data-copier], [data-passer]")) hidden.hidden = false;
  const keep = sheet.querySelector("[data-fichier]");
  if (keep) keep.className = "bouton bas";
  const close = sheet.querySelector("[data-fermer]");
  if (close) close.hidden = !sheet.closest("dialog");
}

async function replace(sheet, fresh, focus) {
  const open = sheet.querySelector("details")?.open;
  sheet.replaceWith(fresh);
  dress(fresh);
  if (open && fresh.querySelector("details")) fresh.querySelector("details").open = true;
  const next = fresh.querySelector("[role=alert]") ? "adresse" : focus;
  (document.getElementById(next) ?? fresh.querySelector("h2"))?.focus();
}

document.addEventListener("submit", async (event) => {
  const sheet = event.target.closest("[data-passe]");
  if (!sheet) return;
  event.preventDefault();
  clearTimeout(waiting);
  const button = event.submitter;
  const fresh = await send(event.target, button);
  if (!fresh) return event.target.submit();
  replace(sheet, fresh, button?.name === "vers" ? button.id : button?.name === "relire" ? "mots" : "passer-titre");
});

let waiting;
document.addEventListener("input", (event) => {
  if (event.target.id !== "mots") return;
  clearTimeout(waiting);
  const field = event.target;
  waiting = setTimeout(async () => {
    const words = field.value;
    const fresh = await send(field.form);
    // The words may have been sent, or changed, while the answer came.
    if (!field.isConnected || field.value !== words) return;
    const said = fresh?.querySelector("[data-dit]");
    const shown = document.querySelector("[data-dit]");
    if (!said || !shown || said.textContent === shown.textContent) return;
    shown.className = said.className;
    shown.textContent = said.textContent;
  }, 900);
});

const files = new Map();
function fileOf(link) {
  if (!link) return null;
  if (!files.has(link.href)) {
    files.set(link.href, fetch(link.href)
      .then((answer) => answer.blob())
      .then((blob) => new File([blob], link.download, { type: link.dataset.fichier })));
  }
  return files.get(link.href);
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    // Fetched a moment ahead, for a browser that shares only right after a touch.
    const button = event.target.closest?.("[data-passer]");
    if (button && navigator.canShare) fileOf(button.closest("[data-passe]").querySelector("[data-fichier]"));
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

async function pass(button) {
  const sheet = button.closest("[data-passe]");
  const link = sheet.querySelector("[data-fichier]");
  const text = [sheet.querySelector("#mots").value.trim(), sheet.querySelector("#texte-passer")?.textContent ?? ""]
    .filter(Boolean).join("\n\n");
  const say = (words) => { sheet.querySelector("[data-geste]").textContent = words; };
  const copied = text ? await copy(text) : true;
  const file = await fileOf(navigator.canShare ? link : null)?.catch?.(() => null);
  const parcel = file ? { files: [file], text } : { text };
  if (navigator.canShare?.(parcel) && (file || text)) {
    try {
      await navigator.share(parcel);
      return say(button.dataset.partis);
    } catch (refusal) {
      if (refusal.name === "AbortError") return say("");
    }
  }
  if (link) link.click();
  say(!copied ? button.dataset.rate : link ? button.dataset.gardes : button.dataset.copies);
}

let pulled;
async function pull(link) {
  if (!pulled) {
    const sheet = await ask(link.href);
    if (!sheet) return location.assign(link.href);
    pulled = document.createElement("dialog");
    pulled.className = "tiree";
    pulled.setAttribute("aria-labelledby", "passer-titre");
    pulled.append(sheet);
    document.body.append(pulled);
  }
  pulled.showModal();
  dress(pulled.querySelector("[data-passe]"));
  pulled.querySelector("h2")?.focus();
}

document.addEventListener("click", async (event) => {
  const target = event.target;
  const link = target.closest("[data-feuille]");
  if (link && !event.ctrlKey && !event.metaKey && window.HTMLDialogElement) {
    event.preventDefault();
    return pull(link);
  }
  if (target === pulled || target.closest("[data-fermer]")) return pulled?.close();
  if (target.closest("[data-passer]")) return pass(target.closest("[data-passer]"));
  const copier = target.closest("[data-copier]");
  if (copier && await copy(document.getElementById(copier.dataset.copier).textContent)) copier.classList.add("fait");
});

for (const sheet of document.querySelectorAll("[data-passe]")) dress(sheet);
