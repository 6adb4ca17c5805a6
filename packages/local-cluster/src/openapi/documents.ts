import { KindRegistry } from '../kinds/kindRegistry';
import { SchemaLookup } from '../schema/schema';
import { openApiDocument } from './document';
import { documentPath } from './documentPath';

/** OpenAPI documents as text, made when first asked for and again when a kind changes. */
export class OpenApiDocuments {
  private readonly texts = new Map<string, string>();
  private changes = 0;

  constructor(
    private readonly kinds: KindRegistry,
    private readonly lookup: SchemaLookup,
    /** Makes addresses of documents unlike those of an earlier server. */
    private readonly epoch: string,
  ) {
    kinds.onChange(() => {
      this.changes++;
      this.texts.clear();
    });
  }

  /** The answer of `/openapi/v3`. */
  index(): unknown {
    const paths: Record<string, unknown> = {};
    for (const kind of this.kinds.all()) {
      for (const { name, served } of kind.versions) {
        if (!served) continue;
        const path = documentPath(kind.group, name);
        paths[path] = {
          serverRelativeURL: `/openapi/v3/${path}?hash=${this.epoch}${this.changes}`,
        };
      }
    }
    return { paths };
  }

  /** The document at `/openapi/v3/apis/apps/v1`. */
  document(group: string, version: string): string | undefined {
    const path = documentPath(group, version);
    let text = this.texts.get(path);
    if (text === undefined) {
      const made = openApiDocument(this.kinds, this.lookup, group, version);
      if (!made) return undefined;
      text = JSON.stringify(made);
      this.texts.set(path, text);
    }
    return text;
  }

  /** All types as OpenAPI v2, for clients that know no other. Paths are left out. */
  version2(): unknown {
    const definitions: Record<string, unknown> = {};
    for (const kind of this.kinds.all()) {
      for (const { name, served } of kind.versions) {
        if (!served) continue;
        const text = this.document(kind.group, name);
        if (!text) continue;
        const { components } = JSON.parse(
          text.replaceAll('#/components/schemas/', '#/definitions/'),
        );
        Object.assign(definitions, components.schemas);
      }
    }
    return {
      swagger: '2.0',
      info: { title: 'Kubernetes', version: 'v1.34.1' },
      paths: {},
      definitions,
    };
  }
}
