import { authorization } from './authorization';
import { ProviderConfig } from './config';
import { canonicalJson } from '../rollout/template/canonicalJson';
import { readJsonPath } from './jsonPath/readJsonPath';
import { JsonPathError } from './jsonPath/selector';
import {
  ProviderConfigError,
  type MeasuredValue,
  type MetricProvider,
  type ProviderContext,
} from './provider';

const DEFAULT_TIMEOUT = 10;
const METHODS = ['GET', 'POST', 'PUT'] as const;
const AT = 'provider.web';

/** Asks a web service for JSON. Source: Argo Rollouts, analysis/web.md. */
export const web: MetricProvider = {
  name: 'web',
  async run(stanza, context) {
    const config = new ProviderConfig(AT, stanza);
    const { args, http, signal } = context;
    const method = readMethod(config);
    const insecure = config.flag('insecure');
    const timeoutMilliseconds = config.seconds(
      'timeoutSeconds',
      DEFAULT_TIMEOUT,
    );
    const headers = await authorization(
      config.optional('authentication'),
      context,
      { insecure, timeoutMilliseconds },
    );
    for (const { key, value } of config.pairs('headers')) {
      headers[args.header(key).toLowerCase()] = args.header(value);
    }
    const response = await http.request(args.url(config.text('url')), {
      method,
      ...readBody(config, method, headers, context),
      timeoutMilliseconds,
      insecure,
      signal,
    });
    if (response.status < 200 || response.status > 299) {
      throw new Error(`received non 2xx response code: ${response.status}`);
    }
    const path = args.text(config.optionalText('jsonPath') ?? '');
    return readAnswer(response.body, path);
  },
};

function readMethod(config: ProviderConfig): (typeof METHODS)[number] {
  const given = config.optionalText('method') ?? 'GET';
  const method = METHODS.find(each => each === given);
  if (method) return method;
  throw new ProviderConfigError(
    `${AT}.method must be one of ${METHODS.join(', ')}`,
  );
}

function readBody(
  config: ProviderConfig,
  method: string,
  headers: Record<string, string>,
  { args }: ProviderContext,
): { headers: Record<string, string>; body?: string } {
  const text = config.optionalText('body');
  const json = config.raw('jsonBody');
  if (text !== undefined && json !== undefined) {
    throw new ProviderConfigError(`${AT}: use either body or jsonBody`);
  }
  if (text === undefined && json === undefined) return { headers };
  if (method === 'GET') {
    throw new ProviderConfigError(
      `${AT}: body and jsonBody need method POST or PUT`,
    );
  }
  if (json !== undefined) {
    return {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(args.json(json)),
    };
  }
  const isJson = headers['content-type']?.includes('json');
  return {
    headers,
    body: isJson ? args.jsonText(text ?? '') : args.text(text ?? ''),
  };
}

/**
 * What the conditions are about: the value at the path, or the whole answer.
 * An answer that is no JSON is text, which a path cannot lead into. (Argo
 * Rollouts calls any such answer Successful without asking the conditions.)
 */
function readAnswer(body: string, path: string): MeasuredValue {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    if (!path) return { value: body, text: body };
    throw new Error(
      `Could not parse JSON body: ${JSON.stringify(body.slice(0, 80))}`,
    );
  }
  try {
    const value = readJsonPath(answer, path || '{$}');
    return { value, text: canonicalJson(value) };
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new Error(`Could not find JSONPath in body: ${error.message}`, {
      cause: error,
    });
  }
}
