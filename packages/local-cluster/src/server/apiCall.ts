import { IncomingHttpHeaders } from 'node:http';

/** What a call to the API server is about, read from its method and path. */
export interface ApiCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  verb: string;
  /** Absent for discovery, health, OpenAPI, version. */
  resource?: ResourcePath;
}

export interface ResourcePath {
  group: string;
  version: string;
  resource: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

const VERBS: Record<string, string> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
};

/** Reads `/api/v1/namespaces/demo/pods/a/log?…` and its like. */
export function readCall(
  method: string,
  target: string,
  headers: IncomingHttpHeaders,
): ApiCall {
  const url = new URL(target, 'https://localhost');
  const query = url.searchParams;
  const resource = readResourcePath(url.pathname);
  return {
    method,
    path: url.pathname,
    query,
    headers,
    verb: verbOf(method, query, resource),
    resource,
  };
}

function verbOf(
  method: string,
  query: URLSearchParams,
  resource: ResourcePath | undefined,
): string {
  if (method === 'GET' || method === 'HEAD') {
    if (!resource || resource.name) {
      return isTrue(query.get('watch')) ? 'watch' : 'get';
    }
    return isTrue(query.get('watch')) ? 'watch' : 'list';
  }
  if (method === 'DELETE') {
    return resource?.name ? 'delete' : 'deletecollection';
  }
  return VERBS[method] ?? method.toLowerCase();
}

/** Undefined when the path is not below a group and version. */
function readResourcePath(path: string): ResourcePath | undefined {
  const parts = path.split('/').filter(Boolean).map(decode);
  let group = '';
  let version: string | undefined;
  if (parts[0] === 'api') [, version] = parts.splice(0, 2);
  else if (parts[0] === 'apis') {
    const head = parts.splice(0, 3);
    group = head[1] ?? '';
    version = head[2];
  }
  if (!version || parts.length === 0) return undefined;

  // A namespace's own subresources are written like resources in it.
  const inNamespace =
    parts[0] === 'namespaces' &&
    parts.length > 2 &&
    !(group === '' && ['status', 'finalize'].includes(parts[2]!));
  const namespace = inNamespace ? parts.splice(0, 2)[1] : undefined;
  const [resource, name, ...rest] = parts;
  return {
    group,
    version,
    resource: resource!,
    namespace,
    name,
    ...(rest.length > 0 && { subresource: rest.join('/') }),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // A lone %: no name has one, so nothing will be found.
  }
}

export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}
