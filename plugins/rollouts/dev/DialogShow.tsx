import { TestApiProvider } from '@backstage/frontend-test-utils';
import { useMemo } from 'react';
import { dialogState } from '../src/__fixtures__/dialogStates';
import { StateApprovalsApi } from '../src/__fixtures__/StateApprovalsApi';
import { StateRolloutsApi } from '../src/__fixtures__/StateRolloutsApi';
import type { DialogStateName } from '../src/__fixtures__/stateNames';
import { ActionDialog } from '../src/actions/ActionDialog';
import { approvalsApiRef } from '../src/api/ApprovalsApi';
import { rolloutsApiRef } from '../src/api/RolloutsApi';

const ignore = () => {};

/** The dialog that confirms an action, in one state. */
export const DialogShow = ({ state }: { state: DialogStateName }) => {
  const { rollout, action, filled } = useMemo(
    () => dialogState(state, Date.now()),
    [state],
  );
  const api = useMemo(() => new StateRolloutsApi(undefined), []);
  const approvalsApi = useMemo(() => new StateApprovalsApi(), []);
  return (
    <TestApiProvider
      apis={[
        [rolloutsApiRef, api],
        [approvalsApiRef, approvalsApi],
      ]}
    >
      <ActionDialog
        rollout={rollout}
        action={action}
        approved={filled}
        onClose={ignore}
        onAccepted={ignore}
        onInstead={ignore}
      />
    </TestApiProvider>
  );
};
