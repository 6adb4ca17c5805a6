import { NewObject, StoredObject } from '../api/clusterApi';
import { ScalePaths } from '../kinds/kindDefinition';
import { mergePatch } from '../patch/mergePatch';
import { ObjectSelector } from '../selectors/objectSelector';
import { readJsonPath } from '../tables/jsonPath';
import { selectorText } from '../tables/selectorText';

/** The `Scale` (autoscaling/v1) of an object that can be scaled. */
export function scaleOf(object: StoredObject, paths: ScalePaths): StoredObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const number = (path: string) => Number(readJsonPath(object, path)[0] ?? 0);
  const [selector] = paths.selector ? readJsonPath(object, paths.selector) : [];
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: number(paths.spec) },
    status: {
      replicas: number(paths.status),
      ...(selector !== undefined && {
        selector:
          typeof selector === 'string'
            ? selector
            : selectorText(selector as ObjectSelector),
      }),
    },
  };
}

/** The object with the number of replicas that the scale asks for. */
export function withScale(
  object: StoredObject,
  paths: ScalePaths,
  replicas: number,
): NewObject {
  const steps = paths.spec.split('.').filter(Boolean);
  const patch = steps.reduceRight<unknown>(
    (inner, step) => ({ [step]: inner }),
    replicas,
  );
  return mergePatch(object, patch) as NewObject;
}
