// The demo page: it shows the world as one person sees it, and does only what that person does.

const $ = (id) => document.getElementById(id);
const now = { person: 0, chat: 0, replyTo: null, overview: null, view: null };
const seen = new Map(); // "person/chat" → how many messages were there when it was last looked at
const drawn = new Map(); // message id → { key, node }

function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

async function ask(path, body) {
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  if (!response.ok) throw new Error((await response.text()) || `Lỗi ${response.status}`);
  return response.json();
}

async function act(path, body) {
  try {
    return await ask(path, { person: now.person, chat: now.chat, ...body });
  } catch (error) {
    toast(error.message);
    return null;
  }
}

function toast(text) {
  if (!text) return;
  const node = make("p", { textContent: text });
  $("toasts").append(node);
  setTimeout(() => node.remove(), 4000);
}

function alertBox(text) {
  $("alert").querySelector("p").textContent = text;
  $("alert").showModal();
}

// ── people ──────────────────────────────────────────────────────────────

const unread = (person, chat) => Math.max(0, chat.count - (seen.get(`${person.id}/${chat.id}`) ?? 0));

function badge(count) {
  return make("span", { className: "badge", textContent: count, hidden: !count });
}

function initials(name) {
  return name.split(/\s+/).slice(-2).map((word) => word[0]).join("").toUpperCase();
}

function drawPeople() {
  const { people } = now.overview;
  let total = 0;
  const items = people.map((person) => {
    const waiting = person.chats.reduce((sum, chat) => sum + unread(person, chat), 0);
    total += waiting;
    const chosen = person.id === now.person;
    const head = make(
      "button",
      { className: "person", onclick: () => choose(person.id, person.chats[0].id, chosen), "aria-current": chosen },
      make("span", { className: "face", textContent: initials(person.name), "aria-hidden": "true" }),
      make(
        "span",
        { className: "name" },
        person.name,
        make("small", { className: "about", textContent: person.about }),
      ),
      badge(chosen ? 0 : waiting),
    );
    return make("li", {}, head, ...(chosen ? [chatsOf(person)] : []));
  });
  $("people").replaceChildren(...items);
  $("all-unread").textContent = total;
  $("all-unread").hidden = !total;
}

function chatsOf(person) {
  const rows = person.chats.map((chat) =>
    make(
      "li",
      {},
      make(
        "button",
        { onclick: () => choose(person.id, chat.id, true), "aria-current": chat.id === now.chat },
        make("span", { className: "name", textContent: (chat.type === "private" ? "" : "👥 ") + chat.name }),
        badge(unread(person, chat)),
        make("span", { className: "last", textContent: chat.last || "Chưa có tin nhắn" }),
      ),
    ),
  );
  return make("ul", { className: "chats" }, ...rows);
}

function choose(person, chat, show) {
  now.person = person;
  now.chat = chat;
  stopReplying();
  drawn.clear();
  $("messages").replaceChildren();
  if (show) showView("chat");
  refresh();
}

// ── messages ────────────────────────────────────────────────────────────

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = /^(pre|blockquote|expandable_blockquote)$/;

function safeLink(address, words) {
  const full = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  if (!/^(https?|tg):/i.test(full)) return make("span", {}, ...words);
  return make("a", { href: full, target: "_blank", rel: "noopener noreferrer" }, ...words);
}

function marked(entity, source, words) {
  if (entity.type in TAGS) return make(TAGS[entity.type], {}, ...words);
  if (entity.type === "text_link") return safeLink(entity.url, words);
  if (entity.type === "url") return safeLink(source, words);
  if (entity.type === "spoiler") {
    return make("span", { className: "spoiler", onclick: (e) => e.currentTarget.classList.add("shown") }, ...words);
  }
  if (entity.type === "bot_command") {
    return make("button", { className: "command", onclick: () => act("world/say", { text: source }) }, ...words);
  }
  return make("span", { className: entity.type }, ...words);
}

// Offsets are UTF-16 units, which is what JavaScript's strings count as well.
function formatted(text, entities, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const end = Math.min(to, entity.offset + entity.length);
    if (entity.offset < at || entity.offset >= end) continue;
    const inner = entities.slice(i + 1).filter((other) => other.offset < end);
    nodes.push(text.slice(at, entity.offset));
    nodes.push(marked(entity, text.slice(entity.offset, end), formatted(text, inner, entity.offset, end)));
    at = end;
    if (BLOCKS.test(entity.type) && text[at] === "\n") at++; // a block ends its line by itself
  }
  return [...nodes, text.slice(at, to)];
}

function quote(brief) {
  return make(
    "button",
    { className: "quote", onclick: () => jump(brief.id) },
    make("b", { textContent: brief.from }),
    brief.text,
  );
}

function jump(id) {
  const found = drawn.get(id);
  if (!found) return;
  found.node.scrollIntoView({ block: "center" });
  found.node.classList.add("found");
  setTimeout(() => found.node.classList.remove("found"), 1500);
}

function attachment(message) {
  const { file, kind } = message;
  if (!file) return [];
  if (kind === "photo") {
    const picture = make("img", { className: "photo", src: file.url, alt: "Ảnh", onload: keepDown });
    return [make("a", { href: file.url, target: "_blank" }, picture)];
  }
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 1024)} KB`;
  return [make("a", { className: "file", href: file.url, download: file.name, textContent: `📄 ${message.note} (${size})` })];
}

function meta(message) {
  const time = new Date(message.at).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  const parts = [message.pinned && "📌", message.silent && "🔕", message.edited && "đã sửa", time];
  return make("p", { className: "meta", textContent: parts.filter(Boolean).join(" ") });
}

function inlineButton(message, button, row, column) {
  if (button.url) return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer", textContent: `${button.text} ↗` });
  const node = make("button", { textContent: button.text });
  node.onclick = async () => {
    node.setAttribute("aria-busy", "true");
    const answer = await act("world/tap", { message: message.id, row, column });
    node.removeAttribute("aria-busy");
    if (answer) (answer.alert ? alertBox : toast)(answer.text);
  };
  return node;
}

function drawMessage(message) {
  if (message.kind === "service") return make("li", { className: "message service", textContent: message.note });
  const topic = now.view.topics[message.thread];
  const inGroup = now.view.type !== "private";
  const note = message.file || message.kind === "text" ? "" : message.note;
  const bubble = make("div", { className: "bubble" });
  if (inGroup && !message.mine) {
    bubble.append(make("p", { className: "from", textContent: message.from },
      make("span", { className: "topic", textContent: topic ? ` # ${topic}` : "" })));
  }
  if (message.forwarded) bubble.append(make("p", { className: "hint", textContent: "Chuyển tiếp" }));
  if (message.reply_to) bubble.append(quote(message.reply_to));
  bubble.append(...attachment(message));
  if (note) bubble.append(make("p", { textContent: note }));
  if (message.text) bubble.append(make("div", { className: "text" }, ...formatted(message.text, message.entities)));
  if (message.reactions.length) bubble.append(make("span", { textContent: message.reactions.join(" ") }));
  bubble.append(meta(message));
  const rows = message.buttons.map((row, r) =>
    make("div", { className: "row" }, ...row.map((button, c) => inlineButton(message, button, r, c))));
  const reply = make("button", { className: "reply", textContent: "↩", title: "Trả lời", onclick: () => replyTo(message) });
  return make("li", { className: message.mine ? "message mine" : "message" }, bubble, ...rows, reply);
}

function keepDown() {
  const list = $("messages");
  if (list.dataset.down !== "no") list.scrollTop = list.scrollHeight;
}

function drawMessages() {
  const nodes = now.view.messages.map((message) => {
    const key = JSON.stringify(message);
    let known = drawn.get(message.id);
    if (known?.key !== key) {
      known = { key, node: drawMessage(message) };
      drawn.set(message.id, known);
    }
    return known.node;
  });
  const empty = make("li", { className: "empty", textContent: "Chưa có tin nhắn nào." });
  $("messages").replaceChildren(...(nodes.length ? nodes : [empty]));
  keepDown();
}

// ── the head of the chat, the keys below it ─────────────────────────────

function drawHead() {
  const { view } = now;
  const person = now.overview.people.find((each) => each.id === now.person);
  $("title").textContent = view.name;
  $("subtitle").textContent = view.action
    ? "đang soạn tin…"
    : view.type === "private" ? `bot · @${now.overview.bot.username}` : `${view.members} thành viên`;
  $("viewer").textContent = `Điện thoại của ${person.name}`;
  const [pinned] = view.pinned;
  $("pinned").hidden = !pinned;
  if (pinned) {
    $("pinned").textContent = `📌 ${pinned.text}`;
    $("pinned").onclick = () => jump(pinned.id);
  }
}

function drawKeys() {
  const { view } = now;
  const closed = !view.opened || view.blocked;
  $("composer").hidden = closed;
  $("open").hidden = !closed;
  $("open").textContent = view.blocked ? "Bỏ chặn bot" : "Bắt đầu";
  $("open").onclick = () => (view.blocked ? act("world/unblock", {}) : act("world/say", { text: "/start" }));
  const rows = (view.keyboard ?? []).map((row) =>
    make("div", { className: "row" }, ...row.map((key) =>
      make("button", { textContent: key.text, onclick: () => act("world/press", { text: key.text }) }))));
  $("keyboard").replaceChildren(...rows);
  $("keyboard").hidden = !rows.length || closed;
  drawTopics(Object.entries(view.topics));
  drawCommands();
}

function drawTopics(topics) {
  $("topic").hidden = !topics.length;
  if ($("topic").options.length === topics.length + 1) return;
  $("topic").replaceChildren(new Option("Chung", ""), ...topics.map(([id, name]) => new Option(name, id)));
}

function drawCommands() {
  const typed = $("text").value;
  const fitting = /^\/\w*$/.test(typed) ? now.view.commands.filter((each) => `/${each.command}`.startsWith(typed)) : [];
  $("commands").hidden = !fitting.length;
  $("commands").replaceChildren(...fitting.map((each) =>
    make("li", {}, make("button", { onclick: () => take(each.command) }, make("b", { textContent: `/${each.command}` }), each.description))));
}

function take(command) {
  $("text").value = `/${command} `;
  $("text").focus();
  drawCommands();
}

function replyTo(message) {
  now.replyTo = message.id;
  $("replying").hidden = false;
  $("replying").firstElementChild.textContent = `Trả lời ${message.from}: ${message.text.slice(0, 80) || message.note}`;
  $("text").focus();
}

function stopReplying() {
  now.replyTo = null;
  $("replying").hidden = true;
}

async function send() {
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  fit();
  $("messages").dataset.down = "yes";
  const sent = await act("world/say", { text, reply_to: now.replyTo, thread: $("topic").hidden ? null : $("topic").value });
  if (!sent) $("text").value = text;
  stopReplying();
  drawCommands();
}

function fit() {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight + 2}px`;
}

// ── lines ───────────────────────────────────────────────────────────────

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

function drawLine(line) {
  const button = make("button", { textContent: line.up ? "Cắt" : "Nối lại" });
  button.onclick = async () => {
    button.disabled = true;
    await act(`world/lines/${line.up ? "cut" : "heal"}`, { code: line.code });
    await refreshLines();
  };
  const label = make("div", { className: "label", title: line.name, textContent: line.name });
  const state = make("span", { className: "state", textContent: line.up ? "thông" : "đứt" });
  label.append(make("small", {}, state, ` · ${line.code}`));
  return make("div", { className: line.up ? "wire" : "wire down", "data-code": line.code }, label, button);
}

function drawLines(lines) {
  const wanted = fold($("search").value.trim());
  const shown = lines.filter((line) =>
    (!$("only-down").checked || !line.up) && fold(`${line.code} ${line.name} ${line.group}`).includes(wanted));
  const down = lines.filter((line) => !line.up).length;
  $("lines-count").textContent = `${lines.length} đường, ${down ? `${down} đang đứt` : "tất cả đang thông"}`;
  $("down-count").textContent = down;
  $("down-count").hidden = !down;
  const nodes = [];
  let group = null;
  for (const line of shown) {
    if (line.group !== group) nodes.push(make("h3", { textContent: (group = line.group) }));
    nodes.push(drawLine(line));
  }
  $("lines").replaceChildren(...(nodes.length ? nodes : [make("p", { className: "hint", textContent: "Không có đường nào như vậy." })]));
}

let lastLines = "";
async function refreshLines(force = true) {
  const lines = await ask("world/lines");
  const key = JSON.stringify(lines);
  if (force || key !== lastLines) drawLines(lines);
  lastLines = key;
}

// ── the whole ───────────────────────────────────────────────────────────

function showView(name) {
  document.body.dataset.view = name;
  for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-current", tab.dataset.view === name);
}

function firstLook({ people, lines }) {
  for (const person of people) for (const chat of person.chats) seen.set(`${person.id}/${chat.id}`, chat.count);
  if (people.length) [now.person, now.chat] = [people[0].id, people[0].chats[0].id];
  document.body.classList.toggle("no-lines", !lines);
  $("lines-panel").hidden = $("lines-tab").hidden = !lines;
}

async function look() {
  const overview = await ask("world/overview");
  if (!now.overview) firstLook(overview);
  now.overview = overview;
  const person = overview.people.find((each) => each.id === now.person);
  if (!person) return;
  const chat = person.chats.find((each) => each.id === now.chat) ?? person.chats[0];
  now.chat = chat.id;
  const [asked, view] = [`${now.person}/${chat.id}`, await ask(`world/chat?person=${now.person}&chat=${chat.id}`)];
  if (asked !== `${now.person}/${now.chat}`) return; // somebody else was chosen meanwhile
  now.view = view;
  seen.set(asked, chat.count);
  drawPeople();
  drawHead();
  drawMessages();
  drawKeys();
}

let looking = null;
let again = false;
async function refresh() {
  again = true;
  if (looking) return;
  looking = true;
  while (again) {
    again = false;
    await look().catch((error) => toast(error.message));
  }
  looking = null;
}

$("messages").onscroll = () => {
  const list = $("messages");
  list.dataset.down = list.scrollHeight - list.scrollTop - list.clientHeight < 80 ? "yes" : "no";
};
$("composer").onsubmit = (event) => { event.preventDefault(); send(); };
$("text").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
};
$("text").oninput = () => { fit(); drawCommands(); };
$("replying").lastElementChild.onclick = stopReplying;
$("search").oninput = () => refreshLines();
$("only-down").onchange = () => refreshLines();
for (const tab of document.querySelectorAll(".tabs button")) tab.onclick = () => showView(tab.dataset.view);

showView("chat");
const changes = new EventSource("world/changes");
changes.onmessage = () => { refresh(); if (now.overview?.lines) refreshLines(false).catch(() => {}); };
await refresh();
if (now.overview?.lines) {
  await refreshLines();
  setInterval(() => { if (!document.hidden) refreshLines(false).catch(() => {}); }, 3000);
}
