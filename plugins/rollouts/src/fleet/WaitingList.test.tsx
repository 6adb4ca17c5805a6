import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fleetRows } from '../__fixtures__/fleet';
import { WaitingList } from './WaitingList';

// Drawing takes seconds on a busy machine.
jest.setTimeout(60_000);

describe('what waits for the reader', () => {
  it('is the first four, and all on demand', async () => {
    const items = fleetRows(6, 0).map(row => ({
      row,
      because: 'owner' as const,
    }));
    renderInTestApp(<WaitingList items={items} />);
    expect(await screen.findAllByRole('listitem')).toHaveLength(4);
    const button = screen.getByRole('button', { name: /6/ });
    await userEvent.click(button);
    expect(screen.getAllByRole('listitem')).toHaveLength(6);
    await userEvent.click(button);
    expect(screen.getAllByRole('listitem')).toHaveLength(4);
  });
});
