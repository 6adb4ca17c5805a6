import { mockServices } from '@backstage/backend-test-utils';
import { approvalRecord } from '../__testUtils__/approvals';
import { OpenApprovals } from './OpenApprovals';
import type { ApprovalRecord } from './store/ApprovalRecord';

function start() {
  const database: { rows: ApprovalRecord[]; during?: () => void } = {
    rows: [],
  };
  const open = new OpenApprovals({
    reads: () => ({
      open: async () => {
        const { rows } = database;
        database.during?.();
        return rows;
      },
    }),
    logger: mockServices.logger.mock(),
  });
  const told = jest.fn();
  open.subscribe(told);
  return { database, open, told };
}

describe('the open requests', () => {
  it('are found by rollout and by object, and not once they have ended', async () => {
    const { database, open } = start();
    database.rows = [approvalRecord()];
    await open.reload();
    expect(open.ofKey('local/demo/colors')).toHaveLength(1);
    expect(open.ofUid('u1')).toHaveLength(1);
    open.put(approvalRecord({ state: 'voided', version: 2 }));
    expect(open.ofKey('local/demo/colors')).toHaveLength(0);
    expect(open.ofUid('u1')).toHaveLength(0);
  });

  it('do not go back to what was read before a vote', async () => {
    const { database, open } = start();
    database.rows = [approvalRecord()];
    await open.reload();
    database.during = () =>
      open.put(approvalRecord({ state: 'approved', version: 2 }));
    await open.reload();
    expect(open.find('r1')).toMatchObject({ state: 'approved', version: 2 });
  });

  it('do not go back to an earlier version, whichever is told last', () => {
    const { open } = start();
    open.put(approvalRecord({ state: 'approved', version: 2 }));
    open.put(approvalRecord());
    expect(open.find('r1')).toMatchObject({ state: 'approved', version: 2 });
  });

  it('tell of what other replicas changed, and of nothing else', async () => {
    const { database, open, told } = start();
    await open.reload();
    told.mockClear();
    database.rows = [approvalRecord()];
    await open.reload();
    await open.reload();
    expect(told.mock.calls).toEqual([[{ keys: ['local/demo/colors'] }]]);
  });
});
