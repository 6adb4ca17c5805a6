import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * An entity reference as a person writes it, made complete and lower case: of
 * the kind `group`, `palette` is `group:default/palette`.
 * @throws InputError also where the catalog can have no such name, so that
 * nothing would ever match
 */
export function readEntityRef(text: string, defaultKind: string): string {
  try {
    const parsed = parseEntityRef(text, {
      defaultKind,
      defaultNamespace: 'default',
    });
    if (/[/:\s]/.test(parsed.name)) {
      throw new TypeError('a name has no slash, colon or space');
    }
    return stringifyEntityRef(parsed);
  } catch (error) {
    throw new InputError(
      `"${text}" is not an entity reference such as "${defaultKind}:default/name": ${error instanceof Error ? error.message : error}`,
    );
  }
}
