// What an integrator writes with the TypeScript client: a book begun and given up, another read and edited.
import { connect, type Problem } from "./index.ts";

declare const process: { env: Record<string, string>; exit(code: number): never };

const octavo = connect({ baseUrl: process.env.OCTAVO, key: process.env.OCTAVO_KEY });

function must<Value>(value: Value | undefined, problem?: Problem): Value {
  if (value === undefined) throw new Error(problem?.detail ?? "nothing came");
  return value;
}

const refused = await octavo.POST("/api/v1/books/", { body: { topic: " ", kind: "guide", language: "en" } });
if (refused.error?.status !== 400 || refused.error.errors?.[0].field !== "topic") process.exit(1);

const begun = await octavo.POST("/api/v1/books/", {
  body: { topic: "A kite in a tree", kind: "story", language: "fr", approve_outline: true },
});
let job = must(begun.data, begun.error).job;
while (!job.awaiting_approval) {
  if (job.status === "FAILED") process.exit(2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { data, error } = await octavo.GET("/api/v1/jobs/{id}/", { params: { path: { id: job.id } } });
  job = must(data, error);
}
const stopped = await octavo.POST("/api/v1/jobs/{id}/cancel/", { params: { path: { id: job.id } } });
must(stopped.data, stopped.error);

const path = { id: process.env.BOOK, number: 1 };
const chapter = await octavo.GET("/api/v1/books/{id}/chapters/{number}/", { params: { path } });
const { text, revision } = must(chapter.data, chapter.error);
const saved = await octavo.PUT("/api/v1/books/{id}/chapters/{number}/", {
  params: { path, header: { "If-Match": chapter.response.headers.get("ETag") ?? "" } },
  body: { text: `${text}\n\nFin.`, revision },
});
if (must(saved.data, saved.error).revision !== revision + 1) process.exit(3);

const pdf = await octavo.GET("/api/v1/books/{id}/formats/{format_name}/download/", {
  params: { path: { id: path.id, format_name: "pdf" } },
  parseAs: "arrayBuffer",
});
const bytes = new Uint8Array(must(pdf.data as ArrayBuffer | undefined, pdf.error as Problem | undefined));
if (new TextDecoder().decode(bytes.slice(0, 5)) !== "%PDF-") process.exit(4);
