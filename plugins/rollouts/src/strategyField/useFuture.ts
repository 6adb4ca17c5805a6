import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import {
  generateRollout,
  type KubeObject,
  type LintFinding,
  type Rollout,
  type RolloutDescription,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Timeline } from '@progressive-delivery/delivery/preview';
import { previewApiRef } from '../api/PreviewApi';

/** What would become of a description. */
export interface Future {
  timeline?: Timeline;
  findings: LintFinding[];
  /** The one before, while the next is computed. */
  isOld: boolean;
  error?: Error;
}

/**
 * The future of what a form describes, computed anew when it changes.
 * @param described - JSON of a sound description; undefined while it is not
 * @param failAtStep - everything measured from this step on fails
 * @param onFailAtStep - told `undefined` when there is no such step any more
 */
export function useFuture(
  described: string | undefined,
  failAtStep: number | undefined,
  onFailAtStep: (step: undefined) => void,
): Future {
  const api = useApi(previewApiRef);
  const [future, setFuture] = useState<Future>({ findings: [], isOld: true });

  useEffect(() => {
    setFuture(before => ({ ...before, isOld: true }));
    if (described === undefined) return undefined;
    let isCurrent = true;
    const look = async () => {
      const { files, objects } = generateRollout(
        JSON.parse(described) as RolloutDescription,
      );
      if (failAtStep !== undefined && failAtStep > stepCount(objects)) {
        onFailAtStep(undefined);
        return undefined;
      }
      const assumptions = failAtStep === undefined ? {} : { failAtStep };
      const timeline = await api.simulate(files, assumptions);
      return { timeline, findings: await api.lint(files), isOld: false };
    };
    look().then(
      next => {
        if (isCurrent && next) setFuture(next);
      },
      error => {
        if (isCurrent) setFuture(before => ({ ...before, isOld: true, error }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [api, described, failAtStep, onFailAtStep]);

  return future;
}

function stepCount(objects: KubeObject[]): number {
  const rollout = objects.find(({ kind }) => kind === 'Rollout') as
    Rollout | undefined;
  return rollout?.spec.strategy?.canary?.steps?.length ?? 0;
}
