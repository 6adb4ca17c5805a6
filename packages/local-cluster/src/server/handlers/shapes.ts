import { StoredObject } from '../../api/clusterApi';
import { apiVersionOf } from '../../kinds/kindDefinition';
import { ServedKind } from '../../kinds/kindRegistry';
import { ListPage } from '../../lists/listPage';
import { inVersion } from '../../lists/serialise';
import { tableOf, TableOptions } from '../../tables/table';
import { ApiCall } from '../apiCall';
import { negotiateShape, Shape } from '../negotiate';
import { json, rawJson, Reply } from '../reply';
import { ServerContext } from '../serverContext';

/** How the caller wants objects, read from Accept and `includeObject`. */
export interface Presentation {
  shape: Shape;
  include: TableOptions['include'];
}

export function presentationOf(call: ApiCall): Presentation {
  const include = call.query.get('includeObject');
  return {
    shape: negotiateShape(call.headers.accept),
    include: include === 'None' || include === 'Object' ? include : 'Metadata',
  };
}

/** One object, in the shape the caller wants. */
export function objectReply(
  context: ServerContext,
  served: ServedKind,
  object: StoredObject,
  presentation: Presentation,
  status = 200,
): Reply {
  return rawJson(status, objectText(context, served, object, presentation));
}

export function objectText(
  context: ServerContext,
  served: ServedKind,
  object: StoredObject,
  { shape, include }: Presentation,
  definitions = true,
): string {
  switch (shape) {
    case 'table':
      return JSON.stringify(
        tableOf(
          served,
          [inVersion(served, object)],
          { resourceVersion: object.metadata.resourceVersion },
          { include, definitions, now: context.store.context.clock.now() },
        ),
      );
    case 'metadata':
      return JSON.stringify(metadataOf(object));
    default:
      return context.serialiser.object(served, object);
  }
}

/** A page of objects, in the shape the caller wants. */
export function listReply(
  context: ServerContext,
  served: ServedKind,
  page: ListPage,
  { shape, include }: Presentation,
): Reply {
  const metadata = {
    resourceVersion: String(page.revision),
    ...(page.continueToken && { continue: page.continueToken }),
    ...(page.remaining !== undefined && {
      remainingItemCount: page.remaining,
    }),
  };
  if (shape === 'table') {
    return json(
      200,
      tableOf(
        served,
        page.items.map(object => inVersion(served, object)),
        metadata,
        {
          include,
          definitions: true,
          now: context.store.context.clock.now(),
        },
      ),
    );
  }
  if (shape === 'metadata') {
    return json(200, {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: page.items.map(metadataOf),
    });
  }
  const head = JSON.stringify({
    kind: served.kind.listKind,
    apiVersion: apiVersionOf(served.kind.group, served.version.name),
    metadata,
  });
  const items = page.items.map(object =>
    context.serialiser.object(served, object),
  );
  return rawJson(200, `${head.slice(0, -1)},"items":[${items.join(',')}]}`);
}

function metadataOf(object: StoredObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}
