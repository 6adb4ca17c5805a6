import type { Resource } from '../resource';

type Query = Record<string, string | number | boolean | undefined>;

/** Path of a collection or object, each segment escaped. */
export function resourcePath(
  resource: Resource,
  target: { namespace?: string; name?: string; subresource?: string },
  query: Query = {},
): string {
  const segments = resource.group
    ? ['apis', resource.group, resource.version]
    : ['api', resource.version];
  if (resource.namespaced && target.namespace) {
    segments.push('namespaces', target.namespace);
  } else if (resource.namespaced && target.name) {
    throw new TypeError(
      `${resource.kind} "${target.name}" needs a namespace: it is a namespaced kind`,
    );
  }
  segments.push(resource.plural);
  if (target.name) segments.push(checked(target.name));
  if (target.subresource) segments.push(...target.subresource.split('/'));
  return withQuery(`/${segments.map(encodeURIComponent).join('/')}`, query);
}

export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== false && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** `.` and `..` would climb out of the collection: no object can have them. */
function checked(name: string): string {
  if (name === '.' || name === '..') {
    throw new TypeError(`"${name}" is not a name that an object can have`);
  }
  return name;
}
