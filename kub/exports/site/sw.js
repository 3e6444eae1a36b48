// Keeps a publication for reading without any net. SITE: its version, and the files with their SHA-256: `shared` are
// needed by every page, `pages` by language. Nothing is kept but what has exactly that content, so that what is read
// offline is one publication and not half of another.
const PREFIX = `kub ${registration.scope} `;
const NAME = PREFIX + SITE.version;
const HASHES = Object.assign({}, SITE.shared, ...Object.values(SITE.pages));
const PATIENCE = 4000; // ms for a page that is kept already; a net that gives no answer is none

const address = (path) => new URL(path, registration.scope).href;

async function digest(body) {
  const hash = await crypto.subtle.digest("SHA-256", body);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The answer to keep, or null where it is of another publication. Made anew: one that was redirected (some hosts
// leave out ".html") must not be the answer to a navigation.
async function checked(path, answer) {
  const body = await answer.arrayBuffer();
  if ((await digest(body)) !== HASHES[path]) return null;
  return new Response(body, { headers: { "Content-Type": answer.headers.get("Content-Type") ?? "" } });
}

// What an older publication had is not asked for again.
async function fetched(path) {
  const before = await caches.match(address(path));
  const same = before && (await checked(path, before));
  if (same) return same;
  const answer = await fetch(address(path), { cache: path.startsWith("assets/") ? "default" : "no-cache" });
  return answer.ok ? checked(path, answer) : null;
}

async function keep(files) {
  const cache = await caches.open(NAME);
  for (const path of Object.keys(files)) {
    if (await cache.match(address(path))) continue;
    const answer = await fetched(path);
    if (!answer) throw new Error(`not of this publication: ${path}`);
    await cache.put(address(path), answer);
  }
}

// Each page asks for its language, and several may at a time; what fails is tried again by the next.
const keeping = {};
function keepLanguage(lang) {
  keeping[lang] ??= keep(SITE.pages[lang] ?? {}).catch(() => delete keeping[lang]);
  return keeping[lang];
}

// The languages that somebody reads here: kept before the older publication goes.
async function languages() {
  const firsts = Object.entries(SITE.pages).map(async ([lang, files]) => ((await caches.match(address(Object.keys(files)[0]))) ? lang : null));
  return (await Promise.all(firsts)).filter(Boolean);
}

async function install() {
  await keep(SITE.shared);
  for (const lang of await languages()) await keep(SITE.pages[lang]);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
}

// A path as the publication has it: hosts and readers leave out "index.html" and ".html".
function known(url) {
  const path = decodeURIComponent(new URL(url).pathname.slice(new URL(registration.scope).pathname.length));
  return [path, `${path}index.html`, `${path}.html`].find((name) => name in HASHES);
}

async function kept(path) {
  return (await caches.open(NAME)).match(address(path));
}

async function fromNet(request) {
  // Asked anew whatever the server's headers say: a browser may hold a page for days that has none.
  const answer = await fetch(request, { cache: "no-cache" });
  if (answer.status >= 500) throw new Error(`status ${answer.status}`);
  return answer;
}

// The net first: a new publication is read at the next click. Without one, or where it is slow, what is kept.
async function newest(path, request) {
  const waiting = fromNet(request);
  waiting.catch(() => {}); // it may fail before what is kept has been looked up
  const copy = await kept(path);
  if (!copy) return waiting;
  const late = new Promise((resolve) => setTimeout(() => resolve(copy), PATIENCE));
  return Promise.race([waiting.catch(() => copy), late]);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(keepLanguage(event.data?.lang)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const path = known(request.url);
  if (!path) return;
  // A name in assets/ holds the hash of what is in it.
  if (path.startsWith("assets/")) event.respondWith(kept(path).then((copy) => copy ?? fetch(request)));
  else event.respondWith(newest(path, request));
});
