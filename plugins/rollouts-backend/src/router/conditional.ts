import type { Request, Response } from 'express';

/** Sends JSON with an ETag, or 304 when the caller has it already. */
export function sendConditionally(
  req: Request,
  res: Response,
  etag: string,
  json: () => string,
): void {
  const quoted = `"${etag}"`;
  res.setHeader('ETag', quoted);
  res.setHeader('Cache-Control', 'private, no-cache');
  const known = (req.header('If-None-Match') ?? '')
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''));
  if (known.includes(quoted)) {
    res.status(304).end();
    return;
  }
  res.type('application/json').send(json());
}
