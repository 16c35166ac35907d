// An element with data-live="ADDRESS" follows that stream; htmx fetches it anew when something happened (its
// trigger is "octavo:live"), and every few seconds while the stream is away.
import htmx from "htmx.org";

import { follow } from "./events.js";

const AT_MOST_EVERY = 500; // milliseconds between two fetches
const WITHOUT_STREAM = 4000;
const AT_LEAST_EVERY = 15000; // should a fetch have gone wrong

export function live(root) {
  const watched = root.querySelector("[data-live]");
  if (!watched) return;
  const stop = new AbortController();
  let connected = false;
  let latest = Date.now();
  const refresh = throttled(() => {
    latest = Date.now();
    htmx.trigger(`#${watched.id}`, "octavo:live");
  }, AT_MOST_EVERY);
  follow(watched.dataset.live, {
    signal: stop.signal,
    onEvent: refresh,
    onState: (up) => {
      if (up && !connected) refresh();
      connected = up;
    },
  });
  const timer = setInterval(() => {
    if (over(watched.id)) {
      clearInterval(timer);
      stop.abort();
    } else if (!connected || Date.now() - latest > AT_LEAST_EVERY) {
      refresh();
    }
  }, WITHOUT_STREAM);
  window.addEventListener("pagehide", () => stop.abort());
}

function over(id) {
  const element = document.getElementById(id);
  return !element || !element.querySelector("[data-going]");
}

function throttled(action, milliseconds) {
  let waiting = null;
  let latest = 0;
  return () => {
    if (waiting) return;
    const wait = Math.max(0, latest + milliseconds - Date.now());
    waiting = setTimeout(() => {
      waiting = null;
      latest = Date.now();
      action();
    }, wait);
  };
}
