import { TestApiProvider } from '@backstage/frontend-test-utils';
import { useMemo, useState } from 'react';
import { StatePreviewApi } from '../src/__fixtures__/StatePreviewApi';
import type { StrategyStateName } from '../src/__fixtures__/strategyFieldStateNames';
import { STRATEGY_STATES } from '../src/__fixtures__/strategyFieldStates';
import { previewApiRef } from '../src/api/PreviewApi';
import { StrategyField } from '../src/strategyField/StrategyField';

/** The form field for a strategy in one state. */
export const StrategyShow = ({ state }: { state: StrategyStateName }) => {
  const { value: first, future, findings, failure } = STRATEGY_STATES[state];
  const [value, setValue] = useState(first);
  const api = useMemo(
    () =>
      new StatePreviewApi(
        ({ assumptions }) =>
          assumptions.failAtStep === undefined ? future : 'failing',
        findings,
        failure,
      ),
    [future, findings, failure],
  );
  return (
    <TestApiProvider apis={[[previewApiRef, api]]}>
      <div style={{ padding: 24, maxWidth: 1200 }}>
        <StrategyField formData={value} onChange={setValue} />
      </div>
    </TestApiProvider>
  );
};
