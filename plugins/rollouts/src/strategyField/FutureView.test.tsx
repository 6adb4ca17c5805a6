import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { futureOf } from '../__fixtures__/StatePreviewApi';
import { FutureView } from './FutureView';
import type { Future } from './useFuture';

// Drawing takes seconds on a busy machine.
jest.setTimeout(60_000);

const FAILED: Future = {
  findings: [],
  isOld: true,
  error: new Error('no backend'),
};

async function show(future: Future, isSound: boolean = true) {
  renderInTestApp(
    <FutureView
      future={future}
      isSound={isSound}
      failAtStep={undefined}
      onFailAtStep={() => {}}
    />,
  );
  return screen.findByRole('region', { name: 'What will happen' });
}

describe('a future that could not be computed', () => {
  it('says why, and is not waited for any longer', async () => {
    const section = await show(FAILED);

    expect(screen.getByText(/no backend/)).toBeInTheDocument();
    expect(section).toHaveAttribute('aria-busy', 'false');
    expect(screen.queryByRole('slider')).not.toBeInTheDocument();
  });

  it('says so above the one of before', async () => {
    await show({ ...FAILED, timeline: futureOf('standard') });

    expect(screen.getByText(/no backend/)).toBeInTheDocument();
    expect(screen.getByText(/after 15 min 15 s/)).toBeInTheDocument();
  });

  it('is of no interest once the form says something that cannot be', async () => {
    await show(FAILED, false);

    expect(screen.queryByText(/no backend/)).not.toBeInTheDocument();
  });

  it('is told from one that is being computed', async () => {
    const section = await show({ findings: [], isOld: true });

    expect(section).toHaveAttribute('aria-busy', 'true');
  });
});
