import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What a query is answered: a number (or NaN, Infinity), nothing, any JSON, an
 * HTTP error, or no answer at all. A list is answered one by one, its last
 * one for ever.
 */
export type Answer =
  | number
  | 'nothing'
  | 'hangs'
  | { json: unknown }
  | { status: number }
  | { then: Answer[] };

/**
 * A metric server whose answers are told by each scenario. For namespace `n`:
 * `/n/web/SERIES` as JSON `{"value": …}`, and `/n` as a Prometheus in which
 * SERIES is a query.
 */
export class MetricSource {
  readonly #answers = new Map<string, Answer>();
  readonly #server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, namespace = '', api, ...rest] = url.pathname.split('/');
    if (api === 'web') {
      reply(response, this.#next(namespace, rest.join('/')), webBody);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const query = form.get('query') ?? url.searchParams.get('query') ?? '';
      const isRange = url.pathname.endsWith('query_range');
      reply(
        response,
        this.#next(namespace, query),
        isRange ? rangeBody : vectorBody,
      );
    });
  });

  async start() {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  set(namespace: string, series: string, answer: Answer) {
    this.#answers.set(`${namespace}/${series}`, answer);
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #next(namespace: string, series: string): Answer {
    const key = `${namespace}/${series}`;
    const answer = this.#answers.get(key) ?? { status: 404 };
    if (typeof answer === 'object' && 'then' in answer) {
      const [first = { status: 404 }, ...rest] = answer.then;
      if (rest.length > 0) this.#answers.set(key, { then: rest });
      return first;
    }
    return answer;
  }
}

function reply(
  response: ServerResponse,
  answer: Answer,
  bodyOf: (value: number | undefined) => unknown,
) {
  // A server that hangs: the connection stays open until the source ends.
  if (answer === 'hangs') return;
  response.setHeader('content-type', 'application/json');
  if (typeof answer === 'object') {
    if ('status' in answer) response.statusCode = answer.status;
    const body = 'json' in answer ? answer.json : { error: 'as told' };
    response.end(JSON.stringify(body));
    return;
  }
  const value = answer === 'nothing' ? undefined : answer;
  response.end(JSON.stringify(bodyOf(value)));
}

function webBody(value: number | undefined): unknown {
  return value === undefined ? {} : { value };
}

function vectorBody(value: number | undefined): unknown {
  const result =
    value === undefined
      ? []
      : [{ metric: {}, value: [1_700_000_000, prometheusNumber(value)] }];
  return { status: 'success', data: { resultType: 'vector', result } };
}

function rangeBody(value: number | undefined): unknown {
  const result =
    value === undefined
      ? []
      : [{ metric: {}, values: [[1_700_000_000, prometheusNumber(value)]] }];
  return { status: 'success', data: { resultType: 'matrix', result } };
}

function prometheusNumber(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : `${value}`;
}
