import http from 'node:http';
import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { AnyObject } from '@progressive-delivery/kube';
import { until } from '../../bed/until';

/** Of an object, or of a list. */
type AnswerMetadata = AnyObject['metadata'] & {
  continue?: string;
  remainingItemCount?: number;
  managedFields?: Record<string, unknown>[];
};

/** An answer as it comes, whatever its status. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** An object with the text under `text` where it is not JSON. */
  body: AnyObject & { metadata: AnswerMetadata };
}

export interface Asking {
  body?: unknown;
  /** Of the body; JSON when left out. */
  type?: string;
  accept?: string;
}

const PATCH_TYPES = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};
export type PatchType = keyof typeof PATCH_TYPES;

/** Requests to one API server as they are, without a client that smooths them. */
export class RawApi {
  readonly #server: URL;
  readonly #options: https.RequestOptions;

  private constructor(server: URL, options: https.RequestOptions) {
    this.#server = server;
    this.#options = options;
  }

  static async of(kubeConfigFile: string): Promise<RawApi> {
    const config = new KubeConfig();
    config.loadFromFile(kubeConfigFile);
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const server = config.getCurrentCluster()?.server ?? '';
    return new RawApi(new URL(server), options);
  }

  get(path: string, asking?: Asking) {
    return this.ask('GET', path, asking);
  }

  post(path: string, body: unknown, asking?: Asking) {
    return this.ask('POST', path, { body, ...asking });
  }

  put(path: string, body: unknown) {
    return this.ask('PUT', path, { body });
  }

  patch(path: string, body: unknown, type: PatchType = 'merge') {
    return this.ask('PATCH', path, { body, type: PATCH_TYPES[type] });
  }

  delete(path: string, body?: unknown) {
    return this.ask('DELETE', path, { body });
  }

  /** @throws when the connection fails; any status is an answer */
  async ask(
    method: string,
    path: string,
    asking: Asking = {},
  ): Promise<Answer> {
    const response = await this.#send(method, path, asking);
    let text = '';
    for await (const chunk of response) text += chunk;
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: parsed(text),
    };
  }

  /** The first events of a watch; fewer when the time is over, or the server ends it. */
  async watch(
    path: string,
    count: number,
    meanwhile: () => Promise<unknown> = async () => {},
  ): Promise<{ type: string; object: AnyObject }[]> {
    const response = await this.#send('GET', path, {});
    const events: { type: string; object: AnyObject }[] = [];
    let rest = '';
    const acting = meanwhile();
    for await (const chunk of response) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) events.push(JSON.parse(line));
      if (events.length >= count) break;
    }
    response.destroy();
    await acting;
    return events.slice(0, count);
  }

  /** Until the object is as wanted. */
  async when(
    path: string,
    wanted: (answer: Answer) => boolean | undefined,
  ): Promise<Answer> {
    let last: Answer | undefined;
    return until(
      () =>
        `${path} to be as wanted; it is ${JSON.stringify(last?.body.status ?? last?.body).slice(0, 600)}`,
      async () => {
        last = await this.get(path);
        return wanted(last) && last;
      },
      { seconds: 30 },
    );
  }

  #send(
    method: string,
    path: string,
    { body, type = 'application/json', accept = 'application/json' }: Asking,
  ): Promise<http.IncomingMessage> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const send = this.#server.protocol === 'http:' ? http : https;
    return new Promise((resolve, reject) => {
      const request = send.request(
        new URL(path, this.#server),
        {
          ...this.#options,
          method,
          headers: {
            ...this.#options.headers,
            accept,
            ...(text === undefined
              ? {}
              : {
                  'content-type': type,
                  'content-length': Buffer.byteLength(text),
                }),
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(text);
    });
  }
}

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return { metadata: { name: '' }, text };
  }
}
