import { badRequest, conflict } from '../api/apiError';
import { StoredObject } from '../api/clusterApi';
import { commitUpdate } from './commitUpdate';
import { OperationContext, RequestOptions, Target, timestamp } from './context';
import { readObject } from './readObject';
import { subjectOf } from './subject';

/**
 * What `POST pods/binding` does: names the node and says that the pod is
 * scheduled.
 * @throws ApiError 409 when the pod is bound already
 */
export function bindPod(
  context: OperationContext,
  target: Target,
  nodeName: unknown,
  options: RequestOptions,
): StoredObject {
  if (typeof nodeName !== 'string' || nodeName === '') {
    throw badRequest('binding: target.name is required');
  }
  const main = { ...target, subresource: undefined };
  const pod = readObject(context, main);
  if (pod.spec?.nodeName) {
    throw conflict(
      subjectOf(main),
      `pod ${pod.metadata.name} is already assigned to node "${pod.spec.nodeName}"`,
    );
  }
  const bound = commitUpdate(
    context,
    { ...target, subresource: 'binding' },
    pod,
    { ...pod, spec: { ...pod.spec, nodeName } },
    options,
  );
  const conditions = (pod.status?.conditions ?? []).filter(
    (condition: { type: string }) => condition.type !== 'PodScheduled',
  );
  return commitUpdate(
    context,
    { ...target, subresource: 'status' },
    bound,
    {
      ...bound,
      status: {
        ...bound.status,
        conditions: [
          ...conditions,
          {
            type: 'PodScheduled',
            status: 'True',
            lastTransitionTime: timestamp(context.clock.now()),
          },
        ],
      },
    },
    options,
  );
}
