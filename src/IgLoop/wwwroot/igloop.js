// Makes the pages of Decide and of the scores answer as they are filled in. Everything works without this file: the form has a button that sends it.
// Inputs leave the page only as the body of the form's own POST, or in the fragment of a link that the reader asks for.
const form = document.querySelector('form[data-live]');
const answer = document.getElementById('answer');
const status = document.getElementById('status');
const past = [];
let shown = typed();
let asked = 0;
let waiting;
let begun = null;

/** What is typed, without the file, as name and value pairs in the order of the form. */
function typed() {
  return textsOf(new FormData(form));
}

function textsOf(body) {
  return [...body].filter(([, value]) => typeof value === 'string' && value !== '');
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

function bodyOf(pairs) {
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  return body;
}

/** Sends the inputs and shows the answer; with `whole` the form is taken from the server too, since it may ask other things now. */
async function ask(body, whole) {
  const turn = ++asked;
  const sent = textsOf(body);
  const before = typed();
  answer.setAttribute('aria-busy', 'true');
  try {
    const reply = await fetch(form.getAttribute('action').split('#')[0], { method: 'POST', body, headers: { 'X-Requested-With': 'fetch' } });
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    if (turn !== asked) return;
    const fresh = page.getElementById('answer');
    if (!fresh) {
      failed(page.querySelector('h1')?.textContent ?? 'No answer came back', page.querySelector('h1 + p')?.textContent ?? 'Try again.');
      return;
    }
    answer.classList.remove('ig-outdated');
    const now = page.getElementById('now');
    if (now) document.getElementById('now').replaceChildren(...[...now.childNodes].map((n) => n.cloneNode(true)));
    const since = changesSince(before);
    keepingPlace(() => {
      swap(answer, fresh);
      const freshForm = page.getElementById(form.id);
      if (!whole) {
        patch(freshForm, since);
        shown = sent;
        return;
      }
      swap(form, freshForm);
      shown = typed();
      retype(since);
    });
    document.title = page.title;
    // What was typed while the answer was on its way stays, and is asked when the typing pauses.
    if (whole && !same(typed(), shown)) later({ target: firstOf(since) });
    document.getElementById('undo').hidden = past.length === 0;
    const headline = answer.querySelector('#headline, .nhsuk-error-summary__title');
    const outcome = answer.querySelector('.ig-outcome')?.lastChild?.textContent.trim();
    say(headline ? `Answer updated. ${outcome ? `${outcome}: ` : ''}${headline.textContent.trim()}` : 'Form updated.');
  } catch {
    if (turn === asked) failed('The server did not answer', 'What you typed is still here; try again.');
  } finally {
    if (turn === asked) answer.removeAttribute('aria-busy');
  }
}

/** Says to eyes and ears that there is no new answer; one that is still shown belongs to earlier inputs and is marked so. */
function failed(title, line) {
  answer.querySelector('.ig-failed')?.remove();
  const outdated = answer.querySelector('article') !== null;
  const notice = document.createElement('div');
  notice.className = 'nhsuk-error-summary ig-failed';
  const heading = document.createElement('h2');
  heading.className = 'nhsuk-error-summary__title';
  heading.textContent = title;
  const text = document.createElement('p');
  text.textContent = outdated ? `${line} The answer below is of what was entered before.` : line;
  notice.append(heading, text);
  answer.prepend(notice);
  answer.classList.toggle('ig-outdated', outdated);
  const link = document.createElement('a');
  link.href = '#answer';
  link.className = 'ig-now--refused';
  link.textContent = title;
  document.getElementById('now').replaceChildren(link);
  say(`${title}. ${text.textContent}`);
  const file = document.getElementById('record');
  // A file that could not be sent would be sent again with every change.
  if (file) file.value = '';
}

/** Replaces the content of a region and opens again what the reader had opened. */
function swap(region, fresh) {
  const open = new Map([...region.querySelectorAll('details[id]')].map((d) => [d.id, d.open]));
  region.replaceChildren(...fresh.childNodes);
  for (const details of region.querySelectorAll('details[id]')) {
    if (open.has(details.id)) details.open = open.get(details.id) || details.querySelector('.ig-fact--wrong') !== null;
  }
  if (region === form) wire();
}

/** What was typed since `before`: for each name that changed, its values now. */
function changesSince(before) {
  const now = typed();
  const valuesOf = (pairs, name) => pairs.filter(([n]) => n === name).map(([, value]) => value);
  const names = new Set([...before, ...now].map(([name]) => name));
  return new Map([...names].map((name) => [name, valuesOf(now, name)]).filter(([name, values]) => !same(values, valuesOf(before, name))));
}

/** The field to ask for: one that reshapes the form if there is one. */
function firstOf(changes) {
  const fields = [...form.elements].filter((field) => changes.has(field.name));
  return fields.find((field) => field.hasAttribute('data-reshapes')) ?? fields[0];
}

/** Puts values that were typed into the form that took the place of the one they were typed in. */
function retype(changes) {
  for (const [name, values] of changes) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
      else field.value = values[0] ?? '';
    }
  }
}

/** Renews the questions whose error message or source line changed; the rest of the form stays untouched. */
function patch(freshForm, since) {
  for (const row of form.querySelectorAll('[id^="row."]')) {
    const fresh = freshForm.querySelector(`#${CSS.escape(row.id)}`);
    const changed = fresh && (row.dataset.problem !== fresh.dataset.problem || knownOf(row) !== knownOf(fresh));
    // What is being typed would lose its place or itself: its row waits for the next answer.
    const busy = row.querySelector('input[type="date"]:focus') || [...row.querySelectorAll('[name]')].some((field) => since.has(field.name));
    if (changed && !busy) row.replaceWith(document.adoptNode(fresh));
  }
  for (const group of form.querySelectorAll('details[id]')) {
    const count = freshForm.querySelector(`#${CSS.escape(group.id)} .ig-count`);
    if (count) group.querySelector('.ig-count').textContent = count.textContent;
  }
  // What each answer would make of the total changes with every other answer.
  for (const to of form.querySelectorAll('.ig-to')) to.textContent = freshForm.querySelector(`#${CSS.escape(to.id)}`)?.textContent ?? '';
}

function knownOf(row) {
  return row.querySelector('.ig-known')?.textContent ?? '';
}

/** Keeps focus and scroll position over a change of the page. */
function keepingPlace(change) {
  const active = document.activeElement;
  const id = active?.id;
  const scroll = form.scrollTop;
  const caret = active?.selectionStart ?? null;
  change();
  form.scrollTop = scroll;
  const again = id && document.activeElement?.id !== id ? document.getElementById(id) : null;
  if (again) {
    again.focus({ preventScroll: true });
    if (caret !== null && again.setSelectionRange) again.setSelectionRange(caret, caret);
  }
}

function say(text) {
  status.textContent = '';
  requestAnimationFrame(() => { status.textContent = text; });
}

function changed(event) {
  clearTimeout(waiting);
  if (event.target.type === 'file') {
    const [file] = event.target.files;
    const most = Number(event.target.dataset.most);
    if (!file) return;
    if (file.size > most) {
      failed('That file is too large', `It has ${Math.ceil(file.size / 1048576)} MB; at most ${most / 1048576} MB are read. Leave out documents and images, or export one patient.`);
      return;
    }
    remember();
    ask(new FormData(form), true);
    return;
  }
  if (same(typed(), shown)) return;
  remember();
  ask(new FormData(form), event.target.hasAttribute('data-reshapes'));
}

function remember() {
  past.push(shown);
  if (past.length > 100) past.shift();
}

/** The buttons inside the form are new after each whole swap. */
function wire() {
  for (const [id, act] of [['undo', undoLast], ['copy-link', copyLink]]) {
    const button = document.getElementById(id);
    button.addEventListener('click', act);
    button.hidden = id === 'undo' && past.length === 0;
  }
}

function undoLast() {
  const before = past.pop();
  if (before) ask(bodyOf(before), true);
}

async function copyLink() {
  const link = `${location.origin}${location.pathname}#in=${encodeURIComponent(new URLSearchParams(typed()).toString())}`;
  try {
    await navigator.clipboard.writeText(link);
    say('Link copied. It holds what you entered: treat it like the chart.');
  } catch {
    history.replaceState(null, '', link);
    say('The link is in the address bar. It holds what you entered: treat it like the chart.');
  }
}

/** A link may bring inputs behind the #, which no server sees; they are read once and taken out of the address. */
function readFragment() {
  if (!location.hash.startsWith('#in=')) return;
  const pairs = [...new URLSearchParams(decodeURIComponent(location.hash.slice(4)))];
  history.replaceState(null, '', location.pathname);
  if (form.elements.at && !pairs.some(([name]) => name === 'at')) pairs.push(['at', form.elements.at.value]);
  remember();
  ask(bodyOf(pairs), true);
}

/** A date changes with every digit of its year: it is asked for when the typing pauses. */
function settled(event) {
  if (event.target.type === 'date') later(event); else changed(event);
}

function later(event) {
  clearTimeout(waiting);
  waiting = setTimeout(() => changed(event), 900);
}

/** A file may be dropped anywhere on the form; beside the input a browser would leave the page for it. */
function dropped(event) {
  if (!event.dataTransfer?.types.includes('Files') || !document.getElementById('record')) return;
  event.preventDefault();
  form.classList.toggle('ig-form--drop', event.type === 'dragover');
  if (event.type !== 'drop' || event.dataTransfer.files.length === 0) return;
  const input = document.getElementById('record');
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * In a group of answers a digit answers and goes to the next question, so that a form takes one key a question. Where a longer number begins with the
 * digit, as 10 with 1, the question waits: its second digit completes it, any other key belongs to the next question.
 */
function answered(event) {
  let group = event.target.closest('[data-keys]');
  if (!group || event.ctrlKey || event.metaKey || event.altKey || event.target.type !== 'radio') return;
  let { key } = event;
  if (begun?.group === group && key !== 'Tab') {
    if (choiceOf(group, begun.key + key)) {
      key = begun.key + key;
    } else if (choiceOf(group, key)) {
      group = questionAfter(group);
      begun = null;
      if (!group?.matches('[data-keys]')) {
        goTo(group);
        return;
      }
    }
  }
  const choice = choiceOf(group, key);
  if (!choice) return;
  event.preventDefault();
  if (!choice.checked) choice.click();
  begun = choicesOf(group).some((c) => c.dataset.key.length > key.length && c.dataset.key.startsWith(key)) ? { group, key } : null;
  if (begun) choice.focus();
  else goTo(questionAfter(group));
}

function choicesOf(group) {
  return [...group.querySelectorAll('input[type="radio"]')];
}

function choiceOf(group, key) {
  return choicesOf(group).find((c) => c.dataset.key === key);
}

function questionAfter(group) {
  const questions = [...form.querySelectorAll('[data-keys], .ig-fact:has(input[type="text"])')];
  return questions[questions.indexOf(group) + 1];
}

function goTo(question) {
  (question ? question.querySelector('input:checked') ?? question.querySelector('input') : form.querySelector('.ig-go')).focus();
}

form.addEventListener('keydown', answered);
form.addEventListener('focusin', (event) => { if (begun && !begun.group.contains(event.target)) begun = null; });
for (const kind of ['dragover', 'dragleave', 'drop']) form.addEventListener(kind, dropped);
form.addEventListener('change', settled);
form.addEventListener('submit', (event) => {
  // A file that is downloaded is the browser's own business.
  if (event.submitter?.hasAttribute('data-plain')) return;
  event.preventDefault();
  const more = event.submitter?.name === 'more' ? event.submitter.value : null;
  ask(new FormData(form, event.submitter), true).then(() => {
    if (more) {
      // The first of the new rows is where the reader goes on.
      const rows = [...form.querySelectorAll(`[id^="row.${more}."]`)];
      rows.find((r) => [...r.querySelectorAll('input')].every((i) => i.value === '' || i.type === 'checkbox'))?.querySelector('input')?.focus();
      return;
    }
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: 'start' });
  });
});
form.addEventListener('input', (event) => {
  if (event.target.matches('input[type="text"], textarea')) later(event);
});
document.addEventListener('change', (event) => { if (event.target.form === form && !form.contains(event.target)) settled(event); });
document.documentElement.classList.add('js');
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
  const link = event.target.closest('a[href^="#f."], a[href^="#"][data-input]');
  const target = link && document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
  if (!target) return;
  event.preventDefault();
  for (let d = target.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
});
// On paper nothing can be opened: the plan of monitoring is printed whole.
window.addEventListener('beforeprint', () => { for (const d of answer.querySelectorAll('.ig-monitor:not([open])')) { d.open = true; d.dataset.printed = ''; } });
window.addEventListener('afterprint', () => { for (const d of answer.querySelectorAll('[data-printed]')) { d.open = false; delete d.dataset.printed; } });
window.addEventListener('hashchange', readFragment);
wire();
readFragment();
