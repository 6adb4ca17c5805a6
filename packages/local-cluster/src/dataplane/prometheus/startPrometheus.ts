import { IncomingMessage, ServerResponse } from 'node:http';
import { Clock } from '../../api/clock';
import { reply } from '../gateway/proxy';
import { exposition } from '../metrics/exposition';
import { RequestMetrics } from '../metrics/requestMetrics';
import { SampleStore } from '../metrics/sampleStore';
import { serveLoopback } from '../serveLoopback';
import { PromqlError } from '../promql/promqlError';
import { bareHost, isLoopback } from '../routing/findTarget';
import { queryInstant, queryRange } from './query';

export interface PrometheusOptions {
  clock: Clock;
  store: SampleStore;
  metrics: RequestMetrics;
}

export interface Prometheus {
  port: number;
  stop(): Promise<void>;
}

const LARGEST_BODY = 1024 * 1024;
const CODES = { bad_data: 400, execution: 422 };

/**
 * What metric providers ask of Prometheus, over the gateway's own counters:
 * `/api/v1/query`, `/api/v1/query_range` (GET and form POST),
 * `/api/v1/status/buildinfo`, `/-/ready`, `/-/healthy`; and `/metrics`, which
 * a real Prometheus can scrape. Not implemented: series, labels, metadata,
 * rules, targets, remote read and write.
 */
export async function startPrometheus(
  options: PrometheusOptions,
): Promise<Prometheus> {
  return serveLoopback((request, response) => {
    answer(options, request, response).catch(error => {
      const known = error instanceof PromqlError;
      reply(response, known ? CODES[error.type] : 500, {
        status: 'error',
        errorType: known ? error.type : 'internal',
        error: error instanceof Error ? error.message : String(error),
      });
    });
  });
}

async function answer(
  { clock, store, metrics }: PrometheusOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLoopback(bareHost(request.headers.host))) {
    request.resume();
    reply(response, 403, { error: 'only loopback hosts are served' });
    return;
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  const success = (data: unknown) =>
    reply(response, 200, { status: 'success', data });
  switch (url.pathname) {
    case '/api/v1/query':
      success(
        queryInstant(store, await parametersOf(request, url), clock.now()),
      );
      return;
    case '/api/v1/query_range':
      success(queryRange(store, await parametersOf(request, url)));
      return;
    case '/api/v1/status/buildinfo':
      success({ version: '3.0.0', revision: 'local-cluster' });
      return;
    case '/-/ready':
    case '/-/healthy':
      text(response, 'Prometheus Server is Ready.\n', 'text/plain');
      return;
    case '/metrics':
      text(
        response,
        exposition(metrics),
        'text/plain; version=0.0.4; charset=utf-8',
      );
      return;
    default:
      reply(response, 404, {
        status: 'error',
        errorType: 'not_found',
        error: `not served here: ${url.pathname}`,
      });
  }
}

function text(response: ServerResponse, body: string, type: string): void {
  response.writeHead(200, { 'content-type': type });
  response.end(body);
}

async function parametersOf(
  request: IncomingMessage,
  url: URL,
): Promise<URLSearchParams> {
  if (request.method !== 'POST') return url.searchParams;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) {
      throw new PromqlError('bad_data', 'the body is too large');
    }
    chunks.push(chunk);
  }
  return new URLSearchParams([
    ...url.searchParams,
    ...new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
  ]);
}
