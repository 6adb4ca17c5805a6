import { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { LocalCluster } from '../startLocalCluster';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: any;
}

export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a text or bytes. */
  body?: unknown;
}

/** One HTTPS call with the cluster's token; rejects when the connection breaks. */
export function callCluster(
  cluster: LocalCluster,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${cluster.url}${path}`,
      {
        method: options.method ?? 'GET',
        ca: cluster.caCertificate,
        // Else the Host header would be checked against the certificate.
        servername: 'localhost',
        agent: false,
        headers: {
          Authorization: `Bearer ${cluster.token}`,
          'Content-Type': 'application/json',
          ...options.headers,
        },
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: parse(text),
          }),
        );
      },
    );
    call.on('error', reject);
    const { body } = options;
    call.end(
      typeof body === 'string' || Buffer.isBuffer(body) || body === undefined
        ? body
        : JSON.stringify(body),
    );
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
