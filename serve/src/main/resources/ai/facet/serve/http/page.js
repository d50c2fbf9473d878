'use strict';
// The page at "/": asks this server about pictures and shows the answers. No other host is ever asked.

const AT_ONCE = 2;
const RETRIES = 4;
const OVERLAY_PX = 240;
const STRONGEST = 0.72;

const byId = id => document.getElementById(id);
const waiting = [];
let running = 0;
let models = [];

async function ask(path, options = {}) {
  const token = byId('token').value;
  const headers = new Headers(options.headers);
  if (token) {
    headers.set('Authorization', 'Bearer ' + token);
  }
  for (let attempt = 0; ; attempt++) {
    const reply = await fetch(path, {...options, headers, cache: 'no-store'});
    if (reply.status === 401) {
      byId('access').hidden = false;
    }
    if (reply.ok) {
      return reply.json();
    }
    if (reply.status !== 503 || attempt === RETRIES) {
      const body = await reply.json().catch(() => ({}));
      throw new Error(body.message || 'the server answered ' + reply.status);
    }
    await new Promise(done => setTimeout(done, 1000 * Number(reply.headers.get('Retry-After') || 1)));
  }
}

async function loadModels() {
  try {
    models = (await ask('models')).models;
  } catch (problem) {
    say(problem.message);
    return;
  }
  const select = byId('model');
  select.replaceChildren(...models.map(model => new Option(model.modelName)));
  byId('models').hidden = models.length < 2;
  describeModel();
  say('');
}

function model() {
  return models[Math.max(0, byId('model').selectedIndex)];
}

function describeModel() {
  byId('attributes').textContent = 'It answers: ' + model().attributes.map(one => one.title).join(', ') + '.';
}

function say(text) {
  byId('status').textContent = text;
}

function add(files) {
  const pictures = [...files];
  if (pictures.length && !models.length) {
    say('No model is known yet. If this server wants a token, type it first.');
    return;
  }
  for (const file of pictures) {
    const card = byId('card').content.cloneNode(true).firstElementChild;
    card.querySelector('.name').textContent = file.name || 'pasted picture';
    const image = card.querySelector('img');
    image.alt = 'The picture ' + (file.name || 'that was pasted');
    image.addEventListener('error', () => {
      image.alt = 'This browser cannot show ' + (file.name || 'it') + '; the server may still read it.';
    });
    image.src = URL.createObjectURL(file);
    byId('answers').prepend(card);
    waiting.push({file, card, model: model()});
  }
  byId('clear').hidden = !byId('answers').childElementCount;
  next();
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    running++;
    const job = waiting.shift();
    answer(job).finally(() => {
      running--;
      next();
    });
  }
}

async function answer({file, card, model}) {
  const result = card.querySelector('.result');
  try {
    const began = performance.now();
    const answers = await predict(file, model, '?probabilities=true');
    card.querySelector('.latency').textContent = Math.round(performance.now() - began) + ' ms';
    result.replaceChildren(...model.attributes.map(attribute => shown(attribute, answers[attribute.id], {file, card, model})));
    say(card.querySelector('.name').textContent + ': ' + model.attributes
      .map(attribute => attribute.title + ' ' + spoken(answers[attribute.id])).join(', '));
  } catch (problem) {
    const text = element('p', 'problem', problem.message);
    text.setAttribute('role', 'alert');
    result.replaceChildren(text);
  }
}

function predict(file, model, query) {
  return ask('predictions/' + encodeURIComponent(model.modelName) + query,
    {method: 'POST', body: file, headers: {'Content-Type': file.type || 'application/octet-stream'}});
}

function spoken(one) {
  return one.unsure ? 'unsure' : one.class + ' ' + percent(one.probability);
}

function percent(share) {
  return (100 * share).toFixed(share > 0.995 || share < 0.005 ? 1 : 0) + ' %';
}

function element(name, style, text) {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}

function shown(attribute, one, job) {
  const section = element('section', 'attribute', '');
  const heading = document.createElement('h2');
  heading.append(element('span', '', attribute.title));
  if (job.model.explain) {
    heading.append(heatButton(attribute, job));
  }
  section.append(heading);
  if (one.unsure) {
    section.append(element('p', 'unsure', 'unsure: the model withholds this answer'));
  }
  const bars = element('ul', 'bars', '');
  const ranked = attribute.classes.map(name => [name, one.probabilities[name]]).sort((a, b) => b[1] - a[1]);
  for (const [name, share] of ranked) {
    const bar = element('li', name === one.class ? 'first' : '', '');
    const fill = document.createElement('i');
    fill.style.width = 100 * share + '%';
    bar.append(fill, element('span', '', name), element('span', '', percent(share)));
    bars.append(bar);
  }
  section.append(bars);
  return section;
}

function heatButton(attribute, job) {
  const button = element('button', '', 'where?');
  button.type = 'button';
  button.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-label', 'Show where in the picture ' + attribute.title + ' comes from');
  button.addEventListener('click', async () => {
    const show = button.getAttribute('aria-pressed') !== 'true';
    for (const other of job.card.querySelectorAll('.attribute button')) {
      other.setAttribute('aria-pressed', 'false');
    }
    const canvas = job.card.querySelector('canvas');
    canvas.hidden = true;
    if (!show) {
      return;
    }
    button.setAttribute('aria-pressed', 'true');
    try {
      job.heat = job.heat || predict(job.file, job.model, '?explain=true');
      const heat = (await job.heat)[attribute.id].heat;
      if (button.getAttribute('aria-pressed') === 'true') {
        draw(heat, job.card.querySelector('img'), canvas);
      }
    } catch (problem) {
      job.heat = null;
      button.setAttribute('aria-pressed', 'false');
      say(problem.message);
    }
  });
  return button;
}

/** Each value lies on the pixel of the picture that it is centred on; linear between, constant beyond. */
function draw(heat, image, canvas) {
  const wide = image.naturalWidth;
  const high = image.naturalHeight;
  const scale = Math.min(1, OVERLAY_PX / Math.max(wide, high));
  canvas.width = Math.max(1, Math.round(wide * scale));
  canvas.height = Math.max(1, Math.round(high * scale));
  const context = canvas.getContext('2d');
  const pixels = context.createImageData(canvas.width, canvas.height);
  const cell = (pixel, axis, cells) =>
    Math.max(0, Math.min(cells - 1, (pixel - heat.firstCentre[axis]) / heat.step[axis]));
  for (let y = 0; y < canvas.height; y++) {
    const row = cell((y + 0.5) / canvas.height * high, 1, heat.rows);
    for (let x = 0; x < canvas.width; x++) {
      const column = cell((x + 0.5) / canvas.width * wide, 0, heat.columns);
      const value = at(heat, row, column);
      const to = 4 * (y * canvas.width + x);
      pixels.data[to] = 255;
      pixels.data[to + 1] = Math.round(60 + 170 * value);
      pixels.data[to + 2] = Math.round(20 + 40 * value);
      pixels.data[to + 3] = Math.round(255 * STRONGEST * value);
    }
  }
  context.putImageData(pixels, 0, 0);
  place(image, canvas);
  canvas.hidden = false;
}

function at(heat, row, column) {
  const top = Math.floor(row);
  const left = Math.floor(column);
  const bottom = Math.min(heat.rows - 1, top + 1);
  const right = Math.min(heat.columns - 1, left + 1);
  const value = (r, c) => heat.values[r * heat.columns + c];
  const upper = value(top, left) * (1 - column + left) + value(top, right) * (column - left);
  const lower = value(bottom, left) * (1 - column + left) + value(bottom, right) * (column - left);
  return upper * (1 - row + top) + lower * (row - top);
}

/** The overlay covers the picture inside its box, which keeps the picture's proportions. */
function place(image, canvas) {
  const fit = Math.min(image.clientWidth / image.naturalWidth, image.clientHeight / image.naturalHeight);
  const wide = image.naturalWidth * fit;
  const high = image.naturalHeight * fit;
  canvas.style.width = wide + 'px';
  canvas.style.height = high + 'px';
  canvas.style.left = (image.clientWidth - wide) / 2 + 'px';
  canvas.style.top = (image.clientHeight - high) / 2 + 'px';
}

function clear() {
  waiting.length = 0;
  document.querySelectorAll('.answer img').forEach(image => URL.revokeObjectURL(image.src));
  byId('answers').replaceChildren();
  byId('clear').hidden = true;
  say('');
  byId('files').focus();
}

for (const id of ['files', 'photo']) {
  byId(id).addEventListener('change', event => {
    add(event.target.files);
    event.target.value = '';
  });
}
byId('controls').addEventListener('submit', event => event.preventDefault());
byId('clear').addEventListener('click', clear);
byId('model').addEventListener('change', describeModel);
byId('token').addEventListener('change', loadModels);
document.addEventListener('paste', event => add([...event.clipboardData.files].filter(file => file.type.startsWith('image/'))));
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(name, event => {
    event.preventDefault();
    byId('drop').classList.toggle('over', name === 'dragenter' || name === 'dragover');
    if (name === 'drop') {
      add(event.dataTransfer.files);
    }
  });
}
window.addEventListener('resize', () => {
  for (const canvas of document.querySelectorAll('.picture canvas:not([hidden])')) {
    place(canvas.parentElement.querySelector('img'), canvas);
  }
});
loadModels();
