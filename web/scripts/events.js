// Server-sent events over fetch: unlike EventSource it can say where it stopped after the address has changed.

const RETRY_MILLISECONDS = 2000;

export async function follow(url, { onEvent, onState, signal }) {
  let last = "";
  while (!signal.aborted) {
    try {
      for await (const event of read(url, last, signal, onState)) {
        if (event.id) last = event.id;
        onEvent(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      onState(false);
    }
    await pause(RETRY_MILLISECONDS, signal);
  }
}

async function* read(url, last, signal, onState) {
  const headers = {};
  if (last) headers["Last-Event-ID"] = last;
  const response = await fetch(url, { headers, signal, cache: "no-store" });
  if (!response.ok) throw new Error(`stream answered ${response.status}`);
  onState(true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

function parse(block) {
  const event = { id: "", kind: "message", data: "" };
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    if (at < 1) continue;
    const value = line.slice(at + 1).replace(/^ /, "");
    if (line.startsWith("id")) event.id = value;
    else if (line.startsWith("event")) event.kind = value;
    else if (line.startsWith("data")) event.data += value;
  }
  return event.data ? event : null;
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
