// What is typed goes to the server after a short pause; what comes back is the page, messages and hints.
// Nothing typed is lost: it stays in the form, and in this tab's own storage until the server has it.

const PAUSE = 150;
const LONGEST = 1500; // whoever types without a pause is heard too
const RETRY = 3000, SLOW = 4000, LOST = 30000;
const COUNT_PAUSE = 1500;
// Whole pages fit beside the form; these are parts of that.
const ZOOMS = [50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200];

const byId = (id) => document.getElementById(id);
const form = byId("form"), page = byId("page"), banner = byId("banner"), preview = byId("paper"), tools = byId("tools");
const split = document.querySelector(".split");
const kept = `docgen ${form.dataset.work}`;
const tab = sessionStorage.getItem("docgen tab") ?? crypto.randomUUID();
try { sessionStorage.setItem("docgen tab", tab); } catch { /* then a reload may ask which tab is right */ }

let timer = 0, since = 0, counting = 0, running = false, pending = null, queue = Promise.resolve(), force = false, waiting = null, sent = new URLSearchParams(), counted = new AbortController();
document.documentElement.classList.add("scripted");
split.dataset.shown = "form";

// --- sending -----------------------------------------------------------------------------------

function body(action) {
  const data = new URLSearchParams(new FormData(form));
  data.delete("do");
  for (const quiet of form.querySelectorAll("[data-quiet]")) if (action.split(" ")[1] !== quiet.name.split("?")[0]) data.delete(quiet.name);
  if (action) data.set("do", action);
  if (force) data.set("force", "1");
  data.set("tab", tab);
  return data;
}

function later() {
  clearTimeout(timer);
  if (!timer) since = Date.now();
  document.body.dataset.busy = "";
  store(body(""));
  timer = setTimeout(() => send(), Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
}

// What is typed and not sent yet is sent before one goes elsewhere.
const unsaved = () => timer || running || pending;

// One at a time, in turn; while a plain save waits for its turn, another one is not needed.
function send(action = "") {
  clearTimeout(timer);
  timer = 0;
  document.body.dataset.busy = "";
  if (!action && pending) return pending;
  const mine = queue.then(() => { if (pending === mine) pending = null; return once(action); });
  if (!action) pending = mine;
  queue = mine;
  return mine;
}

async function once(action) {
  running = true;
  for (;;) {
    sent = body(action);
    store(sent);
    const failed = await post(form.dataset.live, sent, action);
    if (!failed) break;
    say(failed);
    await new Promise((done) => setTimeout(done, RETRY));
  }
  running = false;
  if (!timer && !pending) delete document.body.dataset.busy;
}

async function post(url, data, action = "") {
  const slow = setTimeout(() => say("Сервер долго не отвечает; введённое хранится в этой вкладке."), SLOW);
  try {
    const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(LOST) });
    const told = await answer.json();
    if (told.stale) stale(action);
    else if (told.refused && answer.status < 500) say(told.refused, true);
    else if (answer.ok) taken(told, action);
    else return told.failed ?? "Сервер ответил ошибкой; введённое осталось в этой вкладке. Повторим сами.";
  } catch {
    return "Сервер не отвечает; введённое осталось в этой вкладке. Повторим сами.";
  } finally {
    clearTimeout(slow);
  }
  return "";
}

function taken(told, action) {
  force = false;
  form.elements.revision.value = told.revision;
  form.elements.shape.value = told.shape;
  if (timer || pending) store(body("")); else sessionStorage.removeItem(kept);
  if (told.told) say(told.told, true);
  else if (!banner.querySelector(action ? ".told:not(.refused)" : ".told")) banner.hidden = true;
  byId("undo").hidden = !told.undo;
  byId("who").textContent = told.who;
  document.title = document.title.replace(/ — .*/, () => ` — ${told.who}`);
  if (told.form !== null) reform(told.form, action);
  for (const [name, value] of Object.entries(told.values)) {
    const one = byId(name);
    if (one && !unsaid(one)) one.value = value;
  }
  messages(told);
  page.classList.toggle("draft", told.draft);
  light(told.page);
  mirror();
  clearTimeout(counting);
  counting = setTimeout(count, COUNT_PAUSE);
}

// Where a field stands after a button has moved the rows; null where it is gone.
function placed(id, action) {
  const [deed, row] = action.split(" "), list = row?.slice(0, row.lastIndexOf("/") + 1), at = Number(row?.slice(list.length));
  if ((deed !== "remove" && deed !== "up") || !id.startsWith(list)) return id;
  const [number] = id.slice(list.length).split("/"), rest = id.slice(list.length + number.length), was = Number(number);
  if (deed === "remove") return was === at ? null : `${list}${was > at ? was - 1 : was}${rest}`;
  return `${list}${was === at ? at - 1 : was === at - 1 ? at : was}${rest}`;
}

function reform(html, action) {
  const sections = byId("sections");
  const open = new Set([...sections.querySelectorAll("details[open]")].map((one) => one.id));
  const closed = new Set([...sections.querySelectorAll("details:not([open])")].map((one) => one.id));
  const had = new Set([...sections.querySelectorAll("[id]")].map((one) => one.id));
  const active = document.activeElement, name = active?.id, from = active?.selectionStart, top = form.scrollTop;
  const fresh = [...form.elements].filter(unsaid).map((one) => [placed(one.id, action), one.value, one.checked]);
  sections.innerHTML = html;
  for (const [id, value, checked] of fresh) if (byId(id)) Object.assign(byId(id), { value, checked });
  for (const one of sections.querySelectorAll("details")) {
    if (open.has(one.id)) one.open = true;
    else if (closed.has(one.id)) one.open = false;
  }
  form.scrollTop = top;
  const same = name && byId(placed(name, action) ?? "");
  if (same && same !== document.activeElement) {
    same.focus({ preventScroll: true });
    if (from != null && same.setSelectionRange) same.setSelectionRange(from, from);
  } else if (!same && active?.closest?.("#form, #tools") == null) {
    const added = [...sections.querySelectorAll("input, select, textarea")].find((one) => one.id && !had.has(one.id) && one.offsetParent);
    added?.focus({ preventScroll: true });
  }
}

// What was typed or pasted after the request had left is not in its answer, and must not be lost to it.
function unsaid(one) {
  if (!one.id || !one.name || !one.matches("input[type=text], input[type=checkbox], select, textarea")) return false;
  if (one.type === "checkbox") return sent.getAll(one.name).includes(one.value) !== one.checked;
  return one.value !== (sent.get(one.name) ?? "") && (sent.has(one.name) || one.matches("[data-quiet]"));
}

// A mistake in the field that is being typed into is told when the field is left.
function messages(told) {
  const typing = document.activeElement?.matches?.("input[type=text], textarea") ? document.activeElement.id : "";
  const early = (told.messages[typing] ?? "").includes('class="problem"') && !byId(`${typing}-said`)?.querySelector(".problem");
  waiting = early ? told : null;
  for (const one of form.querySelectorAll("[data-said]")) {
    if (early && one.dataset.said === typing) continue;
    const html = told.messages[one.dataset.said] ?? "", control = byId(one.dataset.said), inside = one.contains(document.activeElement);
    if (one.innerHTML.trim() !== html.trim()) one.innerHTML = html;
    if (inside && !one.contains(document.activeElement)) control?.focus({ preventScroll: true });
    if (control?.matches("input, select, textarea")) control.setAttribute("aria-invalid", String(one.querySelector(".problem") !== null));
    one.closest(".field")?.classList.toggle("has-problem", html !== "");
  }
  for (const one of form.querySelectorAll("[data-hint]")) change(one, told.hints[one.dataset.hint] ?? "");
  for (const one of form.querySelectorAll("[data-usual]")) one.textContent = told.usual[one.dataset.usual] ?? "";
  for (const one of form.querySelectorAll("[data-count]")) {
    const [missing, wrong] = told.counts[one.dataset.count] ?? [0, 0];
    one.textContent = wrong ? `исправить: ${wrong}` : missing ? `осталось: ${missing}` : "";
  }
  if (!early) change(byId("state"), told.state);
}

function change(one, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (one.innerHTML !== fresh.innerHTML) one.replaceChildren(fresh.content);
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
  preview.scrollTop = top;
  if (!tools.hidden) settle();
  if (!first || !changed.length) return;
  for (const one of changed) one.classList.add("lit");
  reveal(changed[0]);
}

function reveal(one) {
  const box = one.getBoundingClientRect(), frame = preview.getBoundingClientRect();
  if (box.top < frame.top + 48 || box.bottom > frame.bottom) preview.scrollTop += box.top - frame.top - frame.height / 3;
}

async function count() {
  counted.abort();
  counted = new AbortController();
  try {
    const answer = await fetch(form.dataset.live.replace(/live$/, "pages"), { signal: counted.signal });
    const { pages } = await answer.json();
    byId("pages").textContent = pages ? `${pages} стр., ${Math.ceil(pages / 2)} л.` : "";
  } catch (error) { if (error.name !== "AbortError") byId("pages").textContent = ""; }
}

page.addEventListener("click", (event) => {
  const value = event.target.closest("[data-source]"), clause = event.target.closest("[data-clause]");
  if (clause) offer(clause.dataset.clause);
  if (value && to(value.dataset.source)) return;
  if (clause && !clause.dataset.clause.startsWith("special_")) to(`setting-${clause.dataset.clause}`, false);
});

function to(place, focus = true) {
  let one = null;
  for (let where = place; where && !one; where = where.includes("/") ? where.slice(0, where.lastIndexOf("/")) : "") one = byId(where);
  if (!one || !form.contains(one)) return false;
  if (focus) show("form");
  for (let up = one; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  const target = one.tagName === "DETAILS" ? one.querySelector("summary") : one;
  target.scrollIntoView({ block: "center" });
  if (focus) target.focus({ preventScroll: true });
  return true;
}

// --- what can be done to a clause, beside its text -----------------------------------------------

function offer(clause) {
  tools.dataset.of = clause;
  const own = clause.startsWith("special_"), index = Number(clause.split("_")[1]) - 1;
  const name = own ? `/clauses/add/${index}/text` : `/clauses/replace/${clause}`;
  tools.replaceChildren();
  if (!own) {
    deed("Почему здесь", () => { to(`setting-${clause}`); });
    if (!byId(name)?.value) deed("Изменить текст", () => send(`copy ${clause}`).then(() => { if (byId(name)?.value) offer(clause); }));
    deed("Добавить после", async () => {
      const rows = form.querySelectorAll('[id^="/clauses/add/"][id$="/text"]').length;
      await send(`after ${clause}`);
      if (byId(`/clauses/add/${rows}/text`)) edit(`/clauses/add/${rows}/text`, "Текст нового условия");
    });
    if (byId(`/clauses/omit/${clause}`)) deed("Исключить", () => { tools.hidden = true; send(`omit ${clause}`); });
  } else deed("Убрать", () => { tools.hidden = true; send(`remove /clauses/add/${index}`); });
  deed("Закрыть", () => { tools.hidden = true; });
  if (byId(name)?.value) edit(name, own ? "Текст особого условия" : "Ваш текст этого условия", true);
  tools.hidden = false;
  settle();
}

function deed(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.onclick = act;
  tools.append(button);
}

function edit(name, words, quiet = false) {
  tools.querySelector("label")?.remove();
  const label = document.createElement("label"), text = document.createElement("textarea");
  text.dataset.of = name;
  label.textContent = words;
  text.className = "form-control";
  text.rows = 5;
  text.value = byId(name).value;
  text.oninput = () => { const field = byId(name); if (field) { field.value = text.value; later(); } };
  label.append(text);
  tools.append(label);
  if (!quiet) text.focus({ preventScroll: true });
}

// What the text beside the clause says is what its field says, be it taken back.
function mirror() {
  const text = tools.querySelector("textarea"), field = text && byId(text.dataset.of);
  if (!text || timer) return;
  if (!field || (!field.value && text.value)) tools.hidden = true;
  else if (text.value !== field.value) text.value = field.value;
}

function settle() {
  const found = page.querySelectorAll(`[data-clause="${CSS.escape(tools.dataset.of)}"]`);
  if (!found.length) { tools.hidden = true; return; }
  const last = found[found.length - 1].getBoundingClientRect(), frame = preview.getBoundingClientRect();
  tools.style.top = `${last.bottom - frame.top + preview.scrollTop + 4}px`;
}

// --- the size of the page ------------------------------------------------------------------------

function zoom(step) {
  const now = Number(localStorage.getItem("docgen zoom") ?? 100), place = ZOOMS.indexOf(now);
  const next = ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, (place < 0 ? ZOOMS.indexOf(100) : place) + step))];
  try { localStorage.setItem("docgen zoom", next); } catch { /* then it is for this page only */ }
  const fit = Math.min(1, (preview.clientWidth - 40) / (210 * 96 / 25.4));
  page.style.zoom = next / 100 * (fit > 0 ? fit : 1);
  byId("zoom").textContent = `${Math.round(page.style.zoom * 100)} %`;
  if (!tools.hidden) settle();
}

// --- what a person does --------------------------------------------------------------------------

form.addEventListener("input", (event) => { if (!event.target.matches("[data-quiet]")) later(); });
form.addEventListener("change", (event) => { if (event.target.matches("select:not([data-quiet]), [type=checkbox]")) send(); });
form.addEventListener("focusout", () => setTimeout(() => { if (waiting) messages(waiting); }));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter?.value ?? "");
});
byId("undo").addEventListener("submit", (event) => { event.preventDefault(); undo(); });

// In turn with what is sent: what was typed before it comes first, what is typed meanwhile stays.
function undo() {
  if (byId("undo").hidden) return;
  if (timer) send();
  queue = queue.then(async () => {
    running = true;
    sent = body("");
    const failed = await post(byId("undo").action, new URLSearchParams({ revision: form.elements.revision.value, tab }));
    running = false;
    if (failed) say(failed);
    else if (!timer && !pending) delete document.body.dataset.busy;
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-to]"), tab = event.target.closest("[data-tab]"), size = event.target.closest("[data-zoom]");
  if (link && to(link.dataset.to)) event.preventDefault();
  if (tab) { event.preventDefault(); show(tab.dataset.tab); }
  if (size) zoom(Number(size.dataset.zoom));
  if (event.target.closest("[data-dismiss]")) { banner.replaceChildren(); banner.hidden = true; }
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

const KEYS = {
  KeyZ: undo,
  KeyP: () => byId("printed").click(),
  KeyD: () => { const shown = split.dataset.shown === "form" ? "paper" : "form"; show(shown); (shown === "form" ? form.querySelector("summary") : preview).focus(); },
  ArrowDown: next,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    tools.hidden = true;
    for (const menu of document.querySelectorAll(".menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  }
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === "Enter") { event.preventDefault(); byId("review").click(); }
  else if (event.altKey && KEYS[event.code]) { event.preventDefault(); KEYS[event.code](); }
});

function next() {
  const waits = [...form.querySelectorAll(".field.has-problem")].map((one) => one.dataset.field);
  const here = document.activeElement?.closest?.(".field")?.dataset.field;
  const following = waits.slice(waits.indexOf(here) + 1)[0] ?? waits[0];
  if (following) to(following);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href^='/']");
  if (!link || event.defaultPrevented || !unsaved()) return;
  event.preventDefault();
  const tab = link.target ? window.open("about:blank") : window;
  await send();
  tab.location.href = link.href;
});
document.addEventListener("submit", async (event) => {
  if (event.defaultPrevented || !unsaved()) return;
  event.preventDefault();
  await send();
  event.target.requestSubmit(event.submitter);
});

function show(tab) {
  split.dataset.shown = tab;
  for (const one of document.querySelectorAll("[data-tab]")) {
    if (one.dataset.tab === tab) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current");
  }
}

// --- keeping -------------------------------------------------------------------------------------

function store(data) {
  try { sessionStorage.setItem(kept, data.toString()); } catch { /* a full store keeps nothing; the server has it */ }
}

function say(text, html = false) {
  banner.hidden = false;
  if (html) banner.innerHTML = text; else banner.textContent = text;
}

function stale(action) {
  say("Этот заказ изменён в другой вкладке. ");
  const mine = document.createElement("button"), theirs = document.createElement("button");
  mine.className = theirs.className = "btn btn-sm btn-outline-secondary";
  mine.textContent = "Оставить то, что здесь";
  theirs.textContent = "Взять то, что там";
  mine.onclick = () => { force = true; send(action); };
  theirs.onclick = () => { sessionStorage.removeItem(kept); location.reload(); };
  banner.append(mine, theirs);
}

// A slow network lets a person type before this script is here.
function typedEarly(one) {
  if (!one.name || !one.matches("input[type=text], input[type=checkbox], select, textarea")) return false;
  if (one.type === "checkbox") return one.checked !== one.defaultChecked;
  if (one.type === "select-one") return one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
  return one.value !== one.defaultValue;
}

new ResizeObserver(() => zoom(0)).observe(preview);
const early = new Set([...form.elements].filter(typedEarly));
const unsent = sessionStorage.getItem(kept);
if (unsent) {
  const data = new URLSearchParams(unsent);
  form.elements.revision.value = data.get("revision");
  for (const one of form.elements) {
    if (early.has(one)) continue;
    if (one.name && one.type !== "hidden" && one.type !== "checkbox" && data.has(one.name)) one.value = data.get(one.name);
    if (one.type === "checkbox") one.checked = data.getAll(one.name).includes(one.value);
  }
}
if (unsent || [...early].some((one) => !one.matches("[data-quiet]"))) send();
else counting = setTimeout(count, COUNT_PAUSE);
if (location.hash.length > 1) to(decodeURIComponent(location.hash.slice(1)));
