// A client of Octavo: types from its description, on fetch. Each write is done once, however often it is sent.
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

export type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];

const TRIES = 4;
const PASSING = [429, 502, 503];
const LONGEST_WAIT = 30; // seconds

export interface Options {
  baseUrl: string;
  key: string;
  fetch?: typeof fetch;
}

export function connect({ baseUrl, key, fetch: send = fetch }: Options): Client<paths> {
  const client = createClient<paths>({ baseUrl, fetch: (request: Request) => patiently(request, send) });
  client.use(introducing(key));
  return client;
}

function introducing(key: string): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${key}`);
      if (request.method !== "GET" && !request.headers.has("Idempotency-Key")) {
        request.headers.set("Idempotency-Key", crypto.randomUUID());
      }
      return request;
    },
  };
}

// Sends again what got no answer, a 429, 502 or 503: four times at most, not before Retry-After.
async function patiently(request: Request, send: typeof fetch): Promise<Response> {
  for (let number = 1; number < TRIES; number += 1) {
    const response = await send(request.clone()).catch(() => undefined);
    if (response && !PASSING.includes(response.status)) return response;
    await response?.body?.cancel();
    await pause(number, response?.headers.get("Retry-After"));
  }
  return send(request);
}

function pause(number: number, told: string | null | undefined): Promise<void> {
  const seconds = Math.min(told ? Number(told) : 0.25 * 2 ** number, LONGEST_WAIT);
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
