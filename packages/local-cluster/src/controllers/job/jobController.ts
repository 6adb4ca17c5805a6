import { StoredObject } from '../../api/clusterApi';
import { equalJson } from '../../storage/equalJson';
import { Controller, ControllerContext } from '../controller';
import { createEventRecorder } from '../objects/eventRecorder';
import { keyOf, splitKey } from '../objects/key';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
} from '../objects/ownership';
import { conditionOf, isTerminating } from '../objects/pod';
import { JOBS, PODS } from '../objects/resources';
import { planJob } from './planJob';

/** Runs Jobs to their end. What is implemented is said at `planJob`. */
export function jobController(context: ControllerContext): Controller {
  const { api, clock } = context;
  const events = createEventRecorder(api, clock, 'job-controller');

  function reconcile(key: string) {
    const { namespace, name } = splitKey(key);
    const job = api.find(JOBS, namespace, name);
    if (!job || isTerminating(job)) return undefined;
    const pods = api
      .list(PODS, { namespace })
      .filter(pod => isControlledBy(pod, job));
    const plan = planJob(job, pods, clock.now());
    if (plan.expired) {
      api.delete(JOBS, namespace, name, {
        propagationPolicy: 'Foreground',
        preconditions: { uid: job.metadata.uid },
      });
      return undefined;
    }
    for (let n = 0; n < plan.create; n++) {
      const pod = api.create(PODS, podOf(job));
      const message = `Created pod: ${pod.metadata.name}`;
      events.record(job, 'Normal', 'SuccessfulCreate', message);
    }
    for (const pod of plan.remove) {
      const { uid } = pod.metadata;
      api.delete(PODS, namespace, pod.metadata.name, {
        preconditions: { uid },
      });
      const message = `Deleted pod: ${pod.metadata.name}`;
      events.record(job, 'Normal', 'SuccessfulDelete', message);
    }
    if (!equalJson(plan.status, job.status ?? {})) {
      const options = { subresource: 'status' };
      const written = api.update(
        JOBS,
        { ...job, status: plan.status },
        options,
      );
      for (const type of ['Complete', 'Failed']) {
        const end = conditionOf(written, type);
        if (!end) continue;
        const severity = type === 'Failed' ? 'Warning' : 'Normal';
        const reason = type === 'Failed' ? (end.reason ?? type) : 'Completed';
        const message = type === 'Failed' ? end.message : 'Job completed';
        events.record(job, severity, reason, message ?? '');
      }
    }
    return { wakeAt: plan.wakeAt };
  }

  return {
    name: 'job-controller',
    observe: enqueue => [
      api.watch(JOBS, ({ object }) => enqueue(keyOf(object))),
      api.watch(PODS, ({ object }) => {
        const owner = controllerOf(object);
        const { namespace } = object.metadata;
        if (owner?.kind === 'Job') enqueue(`${namespace}/${owner.name}`);
      }),
    ],
    reconcile,
  };
}

function podOf(job: StoredObject) {
  const { metadata, spec } = job.spec.template;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${job.metadata.name}-`,
      namespace: job.metadata.namespace,
      labels: {
        'batch.kubernetes.io/job-name': job.metadata.name,
        'job-name': job.metadata.name,
        ...metadata?.labels,
      },
      ...(metadata?.annotations && { annotations: metadata.annotations }),
      ownerReferences: [controllerReference(job)],
    },
    spec,
  };
}
