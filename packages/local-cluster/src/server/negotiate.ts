import { createApiError } from '../api/apiError';
import { AGGREGATED_VERSIONS } from '../discovery/aggregatedDiscovery';

/** In which shape the caller wants objects. */
export type Shape = 'object' | 'table' | 'metadata';

interface Range {
  type: string;
  parameters: Record<string, string>;
}

/**
 * The first shape in the Accept header that can be served. Only JSON is:
 * Go clients that prefer protobuf name JSON as their second choice.
 * @throws ApiError 406 when there is none
 */
export function negotiateShape(accept: string | undefined): Shape {
  for (const { type, parameters } of rangesOf(accept)) {
    if (!isJson(type)) continue;
    switch (parameters.as) {
      case undefined:
        return 'object';
      case 'Table':
        if (parameters.v === 'v1') return 'table';
        break;
      case 'PartialObjectMetadata':
      case 'PartialObjectMetadataList':
        if (parameters.v === 'v1') return 'metadata';
        break;
      default:
    }
  }
  throw createApiError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json',
  );
}

/** The version of aggregated discovery wanted; undefined for the legacy form. */
export function negotiateDiscovery(
  accept: string | undefined,
): (typeof AGGREGATED_VERSIONS)[number] | undefined {
  for (const { type, parameters } of rangesOf(accept)) {
    if (!isJson(type)) continue;
    if (!parameters.as) return undefined;
    const version = AGGREGATED_VERSIONS.find(
      candidate => candidate === parameters.v,
    );
    if (version && parameters.as === 'APIGroupDiscoveryList') return version;
  }
  return undefined;
}

function isJson(type: string): boolean {
  return ['application/json', 'application/*', '*/*'].includes(type);
}

function rangesOf(accept: string | undefined): Range[] {
  return (accept?.trim() || '*/*').split(',').map(range => {
    const [type, ...parameters] = range.split(';').map(part => part.trim());
    return {
      type: type!.toLowerCase(),
      parameters: Object.fromEntries(
        parameters.map(parameter => {
          const [name, value = ''] = parameter.split('=');
          return [name, value];
        }),
      ),
    };
  });
}
