// What is typed goes to the server after a short pause; what comes back is the page, messages and hints.
// Nothing typed is lost: it stays in the form, and in this tab's own storage until the server has it.

const PAUSE = 150;
const RETRY = 3000;
const COUNT_PAUSE = 1500;

const form = document.getElementById("form");
const page = document.getElementById("page");
const banner = document.getElementById("banner");
const preview = document.getElementById("paper");
const split = document.querySelector(".split");
const kept = `docgen ${form.dataset.live}`;

let timer = 0, counting = 0, running = null, again = false, force = false;
document.body.classList.add("scripted");
split.dataset.shown = "form";

// --- sending -----------------------------------------------------------------------------------

function body(action) {
  const data = new URLSearchParams(new FormData(form));
  data.delete("do");
  for (const quiet of form.querySelectorAll("[data-quiet]")) if (action.split(" ")[1] !== quiet.name.split("?")[0]) data.delete(quiet.name);
  if (action) data.set("do", action);
  if (force) data.set("force", "1");
  return data;
}

function later() {
  clearTimeout(timer);
  document.body.dataset.busy = "";
  timer = setTimeout(() => send(), PAUSE);
}

async function send(action = "") {
  clearTimeout(timer);
  timer = 0;
  document.body.dataset.busy = "";
  if (running) { again = again || action || true; return; }
  const data = body(action);
  store(data);
  running = true;
  let answer = null, failed = "";
  try {
    answer = await fetch(form.dataset.live, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (told.stale) stale();
    else if (told.refused) say(told.refused, true);
    else if (answer.ok) taken(told);
    else failed = "Сервер ответил ошибкой; введённое осталось в этой вкладке. Повторим сами.";
  } catch {
    failed = "Сервер не отвечает; введённое осталось в этой вкладке. Повторим сами.";
  }
  running = null;
  if (failed) { say(failed); again = false; timer = setTimeout(() => send(action), RETRY); return; }
  if (again) { const next = again === true ? "" : again; again = false; send(next); }
  else if (!timer) delete document.body.dataset.busy;
}

function taken(told) {
  force = false;
  form.elements.revision.value = told.revision;
  form.elements.shape.value = told.shape;
  sessionStorage.removeItem(kept);
  if (told.told) say(told.told, true);
  else if (!banner.querySelector(".told")) banner.hidden = true;
  document.getElementById("undo").hidden = !told.undo;
  if (told.form !== null) reform(told.form);
  messages(told);
  document.getElementById("state").innerHTML = told.state;
  if (told.page) light(told.page);
  clearTimeout(counting);
  counting = setTimeout(count, COUNT_PAUSE);
}

function reform(html) {
  const sections = document.getElementById("sections");
  const open = new Set([...sections.querySelectorAll("details[open]")].map((one) => one.id));
  const closed = new Set([...sections.querySelectorAll("details:not([open])")].map((one) => one.id));
  const active = document.activeElement, name = active?.id, from = active?.selectionStart, top = form.scrollTop;
  sections.innerHTML = html;
  for (const one of sections.querySelectorAll("details")) {
    if (open.has(one.id)) one.open = true;
    else if (closed.has(one.id)) one.open = false;
  }
  form.scrollTop = top;
  const again = name && document.getElementById(name);
  if (again && again !== document.activeElement) {
    again.focus({ preventScroll: true });
    if (from != null && again.setSelectionRange) again.setSelectionRange(from, from);
  }
}

function messages(told) {
  for (const one of form.querySelectorAll("[data-said]")) {
    const html = told.messages[one.dataset.said] ?? "";
    if (one.innerHTML.trim() !== html.trim()) one.innerHTML = html;
    one.closest(".field")?.classList.toggle("has-problem", html !== "");
  }
  for (const one of form.querySelectorAll("[data-hint]")) one.textContent = told.hints[one.dataset.hint] ?? "";
  for (const one of form.querySelectorAll("[data-count]")) {
    const [missing, wrong] = told.counts[one.dataset.count] ?? [0, 0];
    one.textContent = wrong ? `исправить: ${wrong}` : missing ? `осталось: ${missing}` : "";
  }
}

// --- the page ----------------------------------------------------------------------------------

function light(html) {
  const before = new Map();
  for (const one of page.children) before.set(one.outerHTML, (before.get(one.outerHTML) ?? 0) + 1);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const first = page.querySelector(".no-page") === null && page.children.length > 0;
  const changed = [];
  for (const one of fresh.content.children) {
    const count = before.get(one.outerHTML) ?? 0;
    if (count) before.set(one.outerHTML, count - 1);
    else changed.push(one);
  }
  const top = preview.scrollTop;
  page.replaceChildren(fresh.content);
  page.classList.toggle("draft", true);
  preview.scrollTop = top;
  if (!first || !changed.length) return;
  for (const one of changed) one.classList.add("lit");
  reveal(changed[0]);
}

function reveal(one) {
  const box = one.getBoundingClientRect(), frame = preview.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) preview.scrollTop += box.top - frame.top - frame.height / 3;
}

async function count() {
  try {
    const answer = await fetch(form.dataset.live.replace(/live$/, "pages"));
    const { pages } = await answer.json();
    document.getElementById("pages").textContent = pages ? `${pages} стр., ${Math.ceil(pages / 2)} л. с оборотом` : "";
  } catch { document.getElementById("pages").textContent = ""; }
}

page.addEventListener("click", (event) => {
  const value = event.target.closest("[data-source]"), clause = event.target.closest("[data-clause]");
  if (value && to(value.dataset.source)) return;
  if (clause) to(`setting-${clause.dataset.clause}`);
});

function to(place) {
  let one = null;
  for (let where = place; where && !one; where = where.includes("/") ? where.slice(0, where.lastIndexOf("/")) : "") one = document.getElementById(where);
  if (!one) return false;
  show("form");
  for (let up = one; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  const target = one.tagName === "DETAILS" ? one.querySelector("summary") : one;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  return true;
}

// --- what a person does ------------------------------------------------------------------------

form.addEventListener("input", (event) => { if (!event.target.matches("[data-quiet]")) later(); });
form.addEventListener("change", (event) => { if (event.target.matches("select, [type=checkbox]")) send(); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter?.value ?? "");
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-to]"), tab = event.target.closest("[data-tab]");
  if (link && to(link.dataset.to)) event.preventDefault();
  if (tab) { event.preventDefault(); show(tab.dataset.tab); }
  if (event.target.closest("[data-dismiss]")) { banner.replaceChildren(); banner.hidden = true; }
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === "Enter") { event.preventDefault(); document.getElementById("review").click(); }
});
document.getElementById("review").addEventListener("click", async (event) => {
  if (!timer && !running) return;
  event.preventDefault();
  await send();
  location.href = event.target.href;
});

function show(tab) {
  split.dataset.shown = tab;
  for (const one of document.querySelectorAll("[data-tab]")) one.toggleAttribute("aria-current", one.dataset.tab === tab);
}

// --- keeping -----------------------------------------------------------------------------------

function store(data) {
  try { sessionStorage.setItem(kept, data.toString()); } catch { /* a full store keeps nothing; the server has it */ }
}

function say(text, html = false) {
  banner.hidden = false;
  if (html) banner.innerHTML = text; else banner.textContent = text;
}

function stale() {
  say("Этот заказ изменён в другой вкладке. ");
  const mine = document.createElement("button"), theirs = document.createElement("button");
  mine.className = theirs.className = "btn btn-sm btn-outline-secondary";
  mine.textContent = "Оставить то, что здесь";
  theirs.textContent = "Взять то, что там";
  mine.onclick = () => { force = true; send(); };
  theirs.onclick = () => { sessionStorage.removeItem(kept); location.reload(); };
  banner.append(mine, theirs);
}

const unsent = sessionStorage.getItem(kept);
if (unsent) {
  const data = new URLSearchParams(unsent);
  for (const one of form.elements) {
    if (one.name && one.type !== "hidden" && one.type !== "checkbox" && data.has(one.name)) one.value = data.get(one.name);
    if (one.type === "checkbox") one.checked = data.getAll(one.name).includes(one.value);
  }
  send();
} else {
  counting = setTimeout(count, COUNT_PAUSE);
}
if (location.hash.length > 1) to(decodeURIComponent(location.hash.slice(1)));
