import { StoredObject } from '../api/clusterApi';
import { apiVersionOf } from '../kinds/kindDefinition';
import { ServedKind } from '../kinds/kindRegistry';

/**
 * Objects as JSON text. Stored objects never change, so each is serialised
 * once for each version that somebody reads it in.
 */
export class Serialiser {
  private readonly texts = new WeakMap<StoredObject, Map<string, string>>();

  object(served: ServedKind, object: StoredObject): string {
    let versions = this.texts.get(object);
    if (!versions) {
      versions = new Map();
      this.texts.set(object, versions);
    }
    const apiVersion = apiVersionOf(served.kind.group, served.version.name);
    let text = versions.get(apiVersion);
    if (text === undefined) {
      text = JSON.stringify(inVersion(served, object));
      versions.set(apiVersion, text);
    }
    return text;
  }
}

/** The object in the version asked for: versions differ in nothing but their name. */
export function inVersion(
  served: ServedKind,
  object: StoredObject,
): StoredObject {
  const { apiVersion: _, kind, metadata, ...rest } = object;
  return {
    apiVersion: apiVersionOf(served.kind.group, served.version.name),
    kind,
    metadata,
    ...rest,
  };
}
