import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { namespaceOf, titleOf, type LintObject } from '../../read/lintObject';
import type { LintRule } from '../../rule';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

export const duplicateObject: LintRule = {
  id: 'duplicate-object',
  severity: 'error',
  title: 'No object is there twice',
  explanation:
    'Of two manifests with the same kind, namespace and name the one that is applied last wins, and which one that is depends on the tool.',
  fix: 'Remove one, or give it another name.',
  source: SOURCES.api,
  *check({ objects }) {
    const seen = new Map<string, LintObject>();
    for (const object of objects) {
      const { group, kind, value } = object;
      const key = `${group}/${kind}/${namespaceOf(object)}/${value.metadata.name}`;
      const first = seen.get(key);
      if (!first) {
        seen.set(key, object);
        continue;
      }
      const { line } = first.locate([]);
      yield {
        object,
        path: ['metadata', 'name'],
        message: `${titleOf(object)} is also in ${first.file}:${line}.`,
      };
    }
  },
};

export const statusInManifest: LintRule = {
  id: 'status-in-manifest',
  severity: 'warning',
  title: 'A manifest has no status',
  explanation:
    'The status is the controller’s. Applied to a cluster whose kind has no status subresource it would overwrite what the controller remembers: step, pauses, aborts.',
  fix: 'Remove status; export manifests without it.',
  source: SOURCES.api,
  *check({ objects }) {
    for (const object of objects) {
      if (object.group !== 'argoproj.io') continue;
      if (!('status' in object.value)) continue;
      yield {
        object,
        path: ['status'],
        message: `${titleOf(object)} brings a status along.`,
      };
    }
  },
};

export const pausedInManifest = perRollout(
  {
    id: 'paused-in-manifest',
    severity: 'warning',
    title: 'A manifest does not pause its rollout',
    explanation:
      'spec.paused in a manifest holds every update, and whoever applies the manifest again (GitOps does so within minutes) pauses what somebody has just resumed.',
    fix: 'Remove spec.paused; pause with a step, or in the portal.',
    source: SOURCES.specification,
  },
  function* check({ rollout }) {
    if (rollout.spec.paused !== true) return;
    yield {
      path: ['spec', 'paused'],
      message: 'The manifest pauses the rollout each time it is applied.',
    };
  },
);

export const restartInManifest = perRollout(
  {
    id: 'restart-in-manifest',
    severity: 'info',
    title: 'A manifest does not ask for a restart',
    explanation:
      'spec.restartAt is an order, not a property: in a manifest it restarts the pods once and then stays as a riddle for readers.',
    fix: 'Remove spec.restartAt; restart in the portal or with the CLI.',
    source: SOURCES.restart,
  },
  function* check({ object }) {
    const { spec } = object.value as Rollout;
    if (spec.restartAt === undefined) return;
    yield {
      path: ['spec', 'restartAt'],
      message: `The manifest asks for a restart at ${spec.restartAt}.`,
    };
  },
);
