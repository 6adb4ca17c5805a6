import { KindDefinition, KindRules, ScalePaths } from './kindDefinition';

/** The short form in which builtin kinds are written down. */
export interface BuiltinKind {
  group?: string;
  version?: string;
  kind: string;
  /** Default: the kind in lower case with an `s`. */
  resource?: string;
  /** Default: true. */
  namespaced?: boolean;
  shortNames?: string[];
  categories?: string[];
  selectableFields?: string[];
  /** Default: false. */
  status?: boolean;
  scale?: ScalePaths;
  /** Default: `none`. */
  generation?: KindDefinition['generation'];
  rules?: KindRules;
}

export function builtinKind(short: BuiltinKind): KindDefinition {
  const version = short.version ?? 'v1';
  const lower = short.kind.toLowerCase();
  return {
    group: short.group ?? '',
    resource: short.resource ?? `${lower}s`,
    singular: lower,
    kind: short.kind,
    listKind: `${short.kind}List`,
    namespaced: short.namespaced ?? true,
    shortNames: short.shortNames ?? [],
    categories: short.categories ?? [],
    versions: [
      {
        name: version,
        served: true,
        status: short.status ?? false,
        scale: short.scale,
      },
    ],
    storageVersion: version,
    selectableFields: short.selectableFields ?? [],
    generation: short.generation ?? 'none',
    custom: false,
    rules: short.rules ?? {},
  };
}
