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

  it('says which freeze keeps it from being let go on, instead of asking for it', async () => {
    const [row] = fleetRows(1, 0);
    renderInTestApp(
      <WaitingList
        items={[
          {
            row: row!,
            because: 'owner',
            frozen: { name: 'Holidays', until: '2027-01-02T12:00:00Z' },
          },
        ]}
      />,
    );
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent(/Frozen until .*Jan 2, 2027.*: Holidays/);
    expect(item).not.toHaveTextContent('one of you');
  });
});
