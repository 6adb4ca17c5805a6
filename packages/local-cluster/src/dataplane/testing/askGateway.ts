import { request } from 'node:http';

export interface Answer {
  status: number;
  /** Parsed where it is a JSON object. */
  body: any;
}

/** A real request; unlike `fetch` it may set Host. */
export function ask(
  base: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(base + path, { headers, method }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode!,
          body: text.startsWith('{') ? JSON.parse(text) : text,
        });
      });
    });
    call.on('error', reject);
    call.end();
  });
}
