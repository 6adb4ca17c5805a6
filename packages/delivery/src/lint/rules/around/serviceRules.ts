import {
  POD_TEMPLATE_HASH_LABEL,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { virtualServiceUses } from '../../../traffic/istio/references';
import { parseFieldPath } from '../../read/fieldPath';
import type { LintRule } from '../../rule';
import { containersOf } from '../pods/podRules';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

export const referenceNotGiven = perRollout(
  {
    id: 'reference-not-given',
    severity: 'info',
    title: 'What a rollout names is among the manifests',
    explanation:
      'The rollout names an object that the files do not have. It may be in the cluster already; if not, the controller waits for it and does nothing.',
    fix: 'Lint all files of the service together, or correct the name.',
    source: SOURCES.traffic,
  },
  function* check({ problems }) {
    for (const problem of problems) {
      if (!problem.missing) continue;
      yield {
        path: parseFieldPath(problem.field),
        message: `${problem.detail.split(/[;:] /)[0]} (not among the files).`,
      };
    }
  },
);

export const servicePinned: LintRule = {
  id: 'service-pins-hash',
  severity: 'error',
  title: 'A service’s manifest leaves the pod hash to the controller',
  explanation:
    'The controller writes rollouts-pod-template-hash into the selector and changes it with each release. A manifest that has it sends everybody back to one version, which may be gone, whenever it is applied.',
  fix: 'Remove the label from the selector.',
  source: SOURCES.traffic,
  *check({ objects }) {
    for (const object of objects) {
      if (object.kind !== 'Service' || object.group) continue;
      const { selector } = (object.value as Service).spec ?? {};
      if (
        typeof selector !== 'object' ||
        !(POD_TEMPLATE_HASH_LABEL in selector)
      ) {
        continue;
      }
      yield {
        object,
        path: ['spec', 'selector', POD_TEMPLATE_HASH_LABEL],
        message: `Service ${object.value.metadata.name} selects one version for ever.`,
      };
    }
  },
};

export const servicePort = perRollout(
  {
    id: 'service-port-unknown',
    severity: 'warning',
    title: 'A service’s target port is one of the pods’',
    explanation:
      'A named target port that no container has leads nowhere; a number that none declares mostly does.',
    fix: 'Make targetPort and containerPort the same.',
    source: SOURCES.services,
  },
  function* check(rollout) {
    const ports = containersOf(rollout).flatMap(
      ({ container }) => container.ports ?? [],
    );
    if (!ports.length) return;
    for (const { object } of rollout.services) {
      if (!object) continue;
      const { ports: own = [] } = (object.value as Service).spec;
      for (const [i, { port, targetPort = port }] of own.entries()) {
        const known = ports.some(each =>
          typeof targetPort === 'number'
            ? each.containerPort === targetPort
            : each.name === targetPort ||
              String(each.containerPort) === targetPort,
        );
        if (known) continue;
        yield {
          object,
          path: ['spec', 'ports', i, 'targetPort'],
          message: `No container of ${rollout.object.value.metadata.name} has port ${targetPort}.`,
        };
      }
    }
  },
);

interface VirtualService {
  spec?: {
    http?: {
      name?: string;
      route?: { destination?: { host?: string }; weight?: number }[];
    }[];
  };
}

export const routeBegins = perRollout(
  {
    id: 'route-weights-given',
    severity: 'info',
    title: 'A route’s manifest sends everybody to stable',
    explanation:
      'The controller writes the weights. A manifest that sends a share to the canary does so again each time it is applied, also when no update is under way.',
    fix: 'Give stable 100 and the canary 0, and let GitOps ignore the weights.',
    source: SOURCES.traffic,
  },
  function* check({ rollout }, { index }) {
    const { canaryService } = rollout.spec.strategy?.canary ?? {};
    for (const { at } of virtualServiceUses({ rollout, routes: {} })) {
      const object = index.find(
        at.namespace,
        'networking.istio.io/VirtualService',
        at.name,
      );
      const { spec } = (object?.value ?? {}) as VirtualService;
      if (!object || !Array.isArray(spec?.http)) continue;
      for (const [i, http] of spec.http.entries()) {
        for (const [j, route] of (http?.route ?? []).entries()) {
          const { weight } = route ?? {};
          if (route?.destination?.host !== canaryService || !weight) continue;
          yield {
            object,
            path: ['spec', 'http', i, 'route', j, 'weight'],
            message: `${weight} % go to ${canaryService} whenever this is applied.`,
          };
        }
      }
    }
  },
);
