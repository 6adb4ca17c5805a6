import { evaluateExpression } from '../analysis/expr/evaluate';
import { ExpressionTime } from '../analysis/expr/values';
import { parseGoDuration } from '../analysis/goDuration';
import { authorization } from './authorization';
import { ProviderConfig } from './config';
import { formatSample, parseSample } from './samples';
import {
  ProviderConfigError,
  type MetricProvider,
  type ProviderContext,
} from './provider';

const DEFAULT_TIMEOUT = 30;
/** A longer query goes into the body: servers bound the length of a URL. */
const LONGEST_URL = 2_000;

interface Answer {
  status?: string;
  errorType?: string;
  error?: string;
  data?: { resultType?: string; result?: unknown };
  warnings?: unknown;
}

/**
 * Queries a Prometheus-compatible API. Source: Argo Rollouts, analysis/prometheus.md.
 *
 * @param usualAddress - where metrics are that name no address
 */
export function createPrometheus(usualAddress?: string): MetricProvider {
  return {
    name: 'prometheus',
    metadata(stanza, context) {
      return { ResolvedPrometheusQuery: readQuery(stanza, context) };
    },
    async run(stanza, context) {
      const config = new ProviderConfig('provider.prometheus', stanza);
      const query = readQuery(stanza, context);
      const { path, params } = endpoint(config, query, context);
      const address = addressOf(config, context, usualAddress);
      const answer = await ask(config, `${address}${path}`, params, context);
      return { ...readResult(answer), ...warningsOf(answer) };
    },
  };
}

function addressOf(
  config: ProviderConfig,
  { args }: ProviderContext,
  usual: string | undefined,
): string {
  const own = config.optionalText('address');
  const address = own ? args.url(own) : usual;
  if (address) return address.replace(/\/+$/, '');
  throw new ProviderConfigError(
    'provider.prometheus.address is required: the controller has no address for metrics that name none',
  );
}

/** Shown with the measurement: the value may be less than it seems. */
function warningsOf({ warnings }: Answer) {
  if (!Array.isArray(warnings) || !warnings.length) return {};
  const text = warnings.map(each => `"${String(each)}"`).join(', ');
  return { measurementMetadata: { warnings: text } };
}

function readQuery(stanza: unknown, { args }: ProviderContext): string {
  const config = new ProviderConfig('provider.prometheus', stanza);
  return args.promql(config.text('query'));
}

function moment(at: string, source: string, now: number): number {
  const value = evaluateExpression(source, {}, { now });
  if (value instanceof ExpressionTime) return value.milliseconds;
  throw new ProviderConfigError(
    `${at} must be a time, such as now() - duration("5m")`,
  );
}

function endpoint(
  config: ProviderConfig,
  query: string,
  { args, wallTime }: ProviderContext,
): { path: string; params: Record<string, string> } {
  const range = config.optional('rangeQuery');
  if (!range) return { path: '/api/v1/query', params: { query } };
  const at = 'provider.prometheus.rangeQuery';
  const step = parseGoDuration(args.text(range.text('step')));
  if (!step || step < 0) {
    throw new ProviderConfigError(`${at}.step must be a duration such as 1m`);
  }
  const start = moment(
    `${at}.start`,
    args.expression(range.text('start')),
    wallTime,
  );
  const end = moment(`${at}.end`, args.expression(range.text('end')), wallTime);
  return {
    path: '/api/v1/query_range',
    params: {
      query,
      start: String(start / 1000),
      end: String(end / 1000),
      step: String(step / 1000),
    },
  };
}

async function ask(
  config: ProviderConfig,
  url: string,
  params: Record<string, string>,
  context: ProviderContext,
): Promise<Answer> {
  const { args, http, signal } = context;
  const insecure = config.flag('insecure');
  const timeoutMilliseconds = config.seconds('timeout', DEFAULT_TIMEOUT);
  const headers: Record<string, string> = await authorization(
    config.optional('authentication'),
    context,
    { insecure, timeoutMilliseconds },
  );
  for (const { key, value } of config.pairs('headers')) {
    headers[args.header(key)] = args.header(value);
  }
  const form = new URLSearchParams(params).toString();
  const long = form.length > LONGEST_URL;
  const response = await http.request(`${url}${long ? '' : `?${form}`}`, {
    method: long ? 'POST' : 'GET',
    headers: long
      ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
      : headers,
    body: long ? form : undefined,
    timeoutMilliseconds,
    insecure,
    signal,
  });
  const answer = parseAnswer(response.body);
  if (answer?.status === 'success') return answer;
  if (answer?.status === 'error') {
    throw new Error(`${answer.errorType}: ${answer.error}`);
  }
  if (response.status >= 400) {
    const kind = response.status < 500 ? 'client' : 'server';
    throw new Error(`${kind}_error: ${kind} error: ${response.status}`);
  }
  throw new Error(
    `${url} does not answer as the Prometheus API does: ${JSON.stringify(response.body.slice(0, 80))}`,
  );
}

function parseAnswer(body: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    // Not JSON: the caller reports the status or the beginning of the body.
    return undefined;
  }
}

function readResult({ data }: Answer): { value: unknown; text: string } {
  const result = data?.result;
  switch (data?.resultType) {
    case 'scalar': {
      const value = sample(result);
      return { value, text: formatSample(value) };
    }
    case 'vector':
      return vector(list(result).map(series => sample(field(series, 'value'))));
    case 'matrix':
      return vector(
        list(result).flatMap(series =>
          list(field(series, 'values')).map(sample),
        ),
      );
    default:
      throw new Error(
        `Prometheus metric type not supported: ${data?.resultType}`,
      );
  }
}

function vector(values: number[]) {
  return { value: values, text: `[${values.map(formatSample).join(',')}]` };
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('malformed answer from Prometheus: a list was expected');
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null
    ? (object as Record<string, unknown>)[name]
    : undefined;
}

/** `[time, "value"]` */
function sample(pair: unknown): number {
  const [, value] = list(pair);
  if (typeof value === 'string') return parseSample(value);
  throw new Error('malformed answer from Prometheus: a sample was expected');
}
