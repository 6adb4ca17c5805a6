import { isRecord } from './isRecord';
import { childPath, itemPath } from './path';
import { resolveSchema, Schema, SchemaLookup } from './schema';
import { keepsUnknown, propertySchema } from './schemaOf';

/** What every object has at its root, whatever its schema says. */
const ROOT = ['apiVersion', 'kind', 'metadata'];

/**
 * Removes, in place, the fields that the schema does not know, and nulls where
 * null means nothing. Returns the paths of the unknown fields.
 */
export function pruneUnknown(
  schema: Schema,
  value: unknown,
  lookup: SchemaLookup,
): string[] {
  const unknown: string[] = [];
  prune(schema, value, '', true);
  return unknown;

  function prune(
    found: Schema,
    item: unknown,
    path: string,
    root: boolean,
  ): void {
    if (Array.isArray(item)) {
      const items = resolveSchema(found.items, lookup);
      if (!items) return;
      item.forEach((entry, index) =>
        prune(items, entry, itemPath(path, index), false),
      );
      return;
    }
    if (!isRecord(item) || found['x-kubernetes-int-or-string']) return;
    const embedded = root || found['x-kubernetes-embedded-resource'];
    for (const key of Object.keys(item)) {
      if (embedded && ROOT.includes(key)) {
        const metadata = key === 'metadata' && lookup('V1ObjectMeta');
        if (metadata) prune(metadata, item[key], childPath(path, key), false);
        continue;
      }
      const property = propertySchema(found, key, lookup);
      if (property) {
        if (item[key] === null && !property.nullable && property.type) {
          delete item[key];
        } else {
          prune(property, item[key], childPath(path, key), false);
        }
      } else if (!keepsUnknown(found)) {
        unknown.push(childPath(path, key));
        delete item[key];
      }
    }
  }
}
