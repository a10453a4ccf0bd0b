"use strict";

// What the page says, as whole sentences with named fields.
const SAYS = {
  title: "{assignment}: written answers",
  progress: "{done} of {answers} answers are marked. Group {place} of {groups}.",
  alone: "One answer.",
  alike: "{count} answers with the same words. What you give goes to all of them.",
  names: "{about} By {names}.",
  noRubric: "None has been written yet.",
  noSample: "None has been written yet.",
  rubric: "{points}: {says}",
  points: "{points}",
  saved: "Saved: {points} points.",
  needsPoints: "The comment is kept, and saved with the points. Give them with a digit.",
  saving: "Saving …",
  otherwise: "Somebody has given {points} points meanwhile, with the comment “{comment}”. Nothing of yours is lost: press Enter to put yours in its place, or Esc to take theirs.",
  notSaved: "Not saved, the program does not answer. Nothing is lost while this page is open: start `answers` again, or press Enter to try again.",
  refused: "Not saved: {problem}",
  tooMany: "There are {best} points at most.",
  all: "All answers are marked.",
  kept: "Saved as {file}. Read it back with: python -m autograders answers {assignment} --bring {file}",
};
const say = (name, fields = {}) => SAYS[name].replace(/{(\w+)}/g, (_, key) => fields[key]);
const byId = (id) => document.getElementById(id);

// --- where the answers come from, and where marks go ---

const embedded = byId("data").textContent;
const offline = embedded !== "";
const LONG = 500; // milliseconds after the last key until what is typed is kept

let token = "";
if (!offline) {
  token = location.hash.slice(1) || sessionStorage.getItem("token") || "";
  sessionStorage.setItem("token", token);
  history.replaceState(null, "", "/"); // so that nobody reads it from the address
}

async function ask(path, told) {
  const how = { headers: { "X-Token": token, "Content-Type": "application/json" } };
  const more = told ? { method: "POST", body: JSON.stringify(told), keepalive: true } : {};
  const answer = await fetch(path, { ...how, ...more });
  return [answer.status, await answer.json().catch(() => ({ problem: String(answer.status) }))];
}

const shelf = (id) => `answers ${shown.assignment} ${id}`;

function put(group) {
  const { id, points, comment, seen } = group;
  if (!offline) return ask("/save", { id, points, comment, seen });
  localStorage.setItem(shelf(id), JSON.stringify({ id, points, comment, seen, given: true }));
  return [200, { ...group, waits: false }];
}

function draft(group) {
  if (!group.changed) return;
  if (!offline) return ask("/draft", { id: group.id, comment: group.comment }).catch(() => {});
  const { id, points, comment, seen, given } = { ...group, given: !group.waits };
  localStorage.setItem(shelf(id), JSON.stringify({ id, points, comment, seen, given }));
}

// --- what is shown ---

let shown, groups, at = 0, running = Promise.resolve(), waiting = 0, typing = 0;
const current = () => groups[at];
const told = (text) => { byId("said").textContent = text; };
const written = (value) => (value === null ? "no" : String(value));

function show() {
  const group = current(), alike = group.count > 1;
  const question = shown.questions.find((each) => each.cell === group.cell) || { rubric: [] };
  document.title = byId("title").textContent = say("title", shown);
  byId("progress").textContent = progress();
  const about = say(alike ? "alike" : "alone", group);
  byId("about").textContent =
    group.names.length ? say("names", { about, names: group.names.join(", ") }) : about;
  byId("answer").textContent = group.text;
  byId("question").textContent = question.text;
  byId("sample").textContent = question.sample || say("noSample");
  const rules = question.rubric.map(([points, says]) => say("rubric", { points, says }));
  byId("rubric").replaceChildren(...(rules.length ? rules : [say("noRubric")]).map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
  byId("comment").value = group.comment;
  showPoints();
}

function showPoints() {
  const group = current(), choices = [];
  for (let points = 0; points <= group.best; points += 1) choices.push(points);
  if (group.points !== null && !choices.includes(group.points)) choices.push(group.points);
  byId("points").replaceChildren(...choices.sort((a, b) => a - b).map((points) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say("points", { points });
    button.setAttribute("aria-pressed", String(points === group.points));
    button.addEventListener("click", () => give(points));
    return button;
  }));
}

// --- what the person does ---

function give(points) {
  if (points > current().best) return told(say("tooMany", current()));
  current().points = points;
  current().changed = true;
  showPoints();
  return save();
}

function save(replace = false) {
  const group = current();
  if (group.points === null) return told(say("needsPoints"));
  if (group.theirs && !replace) return undefined;
  if (group.theirs) group.seen = group.theirs.seen;
  group.theirs = null;
  group.changed = false;
  clearTimeout(typing); // what is saved need not be kept as a draft
  told(say("saving"));
  waiting += 1;
  running = running.then(() => sent(group)).finally(() => { waiting -= 1; });
  return running;
}

async function sent(group) {
  const gave = group.points;
  let status, state;
  try {
    [status, state] = await put(group);
  } catch {
    group.failed = group.changed = true;
    return told(say("notSaved"));
  }
  if (status === 409) {
    group.theirs = state;
    const { points, comment } = state;
    return told(say("otherwise", { points: written(points), comment }));
  }
  if (status !== 200) {
    group.failed = group.changed = true;
    return told(say("refused", state));
  }
  Object.assign(group, { seen: state.seen, waits: state.waits, failed: false, given: true });
  told(say("saved", { points: gave }));
  byId("progress").textContent = progress();
  return undefined;
}

function progress() {
  const done = groups.filter((each) => !each.waits).reduce((sum, each) => sum + each.count, 0);
  const answers = groups.reduce((sum, each) => sum + each.count, 0);
  return say("progress", { done, answers, place: at + 1, groups: groups.length });
}

function leave() {
  const group = current();
  if (group.theirs) { save(true); return false; }
  if (group.failed || group.changed) {
    if (group.points !== null) save();
    else if (group.comment) { draft(group); told(say("needsPoints")); }
  }
  return true;
}

function go(step) {
  if (!leave()) return;
  const rest = groups.map((_, place) => (at + place + 1) % groups.length);
  const open = rest.find((place) => groups[place].waits && place !== at
    && groups[place].points === null);
  at = step > 0 && open !== undefined ? open : (at + step + groups.length) % groups.length;
  byId("comment").blur();
  if (step > 0 && open === undefined) told(say("all"));
  show();
  byId("answer").scrollTop = 0;
}

function take() {
  const group = current();
  if (!group.theirs) return;
  Object.assign(group, group.theirs, { theirs: null, changed: false });
  told("");
  show();
}

function keep() {
  const marks = groups.filter((each) => each.given && each.points !== null)
    .map(({ id, points, comment, seen }) => ({ id, points, comment, seen }));
  const file = `${shown.assignment}-marks.json`, link = document.createElement("a");
  const text = JSON.stringify({ assignment: shown.assignment, marks }, null, 1);
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = file;
  link.click();
  told(say("kept", { file, assignment: shown.assignment }));
}

const KEYS = {
  Enter: () => go(1), ArrowRight: () => go(1), ArrowLeft: () => go(-1), Escape: take,
  c: () => byId("comment").focus(), h: () => give((current().points || 0) + 0.5),
  s: () => { if (offline) keep(); },
};

function pressed(event) {
  if (event.altKey || event.metaKey || event.isComposing) return;
  if (event.target === byId("comment")) {
    if (event.key === "Escape") { event.target.blur(); leave(); event.preventDefault(); }
    if (event.key === "Enter" && event.ctrlKey) { go(1); event.preventDefault(); }
    return;
  }
  if (event.ctrlKey || (event.target.tagName === "BUTTON" && event.key === "Enter")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (/^[0-9]$/.test(key)) give(Number(key));
  else if (KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
}

function typed() {
  const group = current();
  group.comment = byId("comment").value;
  group.changed = true;
  clearTimeout(typing);
  typing = setTimeout(() => draft(group), LONG);
}

async function start() {
  shown = offline ? JSON.parse(embedded) : (await ask("/answers"))[1];
  if (!shown.groups) { told(say("refused", shown)); return; }
  groups = shown.groups.map((group) => {
    const back = offline ? JSON.parse(localStorage.getItem(shelf(group.id)) || "null") : null;
    if (back) return { ...group, ...back, waits: !back.given && group.waits };
    const typedBefore = group.draft ?? null;
    return typedBefore === null ? group : { ...group, comment: typedBefore, changed: true };
  });
  byId("keep").hidden = !offline;
  byId("previous").addEventListener("click", () => go(-1));
  byId("next").addEventListener("click", () => go(1));
  byId("keep").addEventListener("click", keep);
  byId("comment").addEventListener("input", typed);
  byId("comment").addEventListener("blur", () => { if (current().changed) leave(); });
  document.addEventListener("keydown", pressed);
  addEventListener("pagehide", () => draft(current()));
  addEventListener("beforeunload", (event) => {
    if (waiting || groups.some((each) => each.failed)) event.preventDefault();
  });
  show();
}

start();
