import { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import {
  badRequest,
  createApiError,
  unsupportedMediaType,
} from '../api/apiError';

/** The API server's own limit. */
export const BODY_LIMIT = 3 * 1024 * 1024;

/** @throws ApiError 413 when the body is larger than `limit` bytes */
export async function readBody(
  request: IncomingMessage,
  limit = BODY_LIMIT,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) {
      throw createApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${limit}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The media type without parameters, in lower case. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]!.trim().toLowerCase();
}

const OBJECT_TYPES = ['application/json', 'application/yaml'];

/**
 * Reads an object that was sent as JSON or YAML.
 * @throws ApiError 400 when it is neither, 415 for another media type
 */
export function parseObject(
  body: string,
  contentType: string | undefined,
  accepted = OBJECT_TYPES,
): Record<string, any> {
  const type = mediaType(contentType) || 'application/json';
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted);
  const value = parseText(body, type.endsWith('yaml'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('the body must be an object');
  }
  return value as Record<string, any>;
}

export function parseText(body: string, yaml: boolean): unknown {
  try {
    return yaml ? parse(body, { maxAliasCount: 100 }) : JSON.parse(body);
  } catch (error) {
    throw badRequest(
      `the object provided is unrecognized: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
}
