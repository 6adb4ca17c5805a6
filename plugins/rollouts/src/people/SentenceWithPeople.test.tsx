import { screen } from '@testing-library/react';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { SentenceWithPeople } from './SentenceWithPeople';

describe('a sentence that names people', () => {
  it('links each, and keeps its own full stop', async () => {
    const { container } = await renderInTestApp(
      <p>
        <SentenceWithPeople>
          It asks for 2 approvals of group:default/harbor.team or
          user:default/ada.
        </SentenceWithPeople>
      </p>,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );
    expect(screen.getAllByRole('link')).toHaveLength(2);
    expect(screen.getByRole('link', { name: /harbor.team/ })).toHaveAttribute(
      'href',
      '/catalog/default/group/harbor.team',
    );
    expect(container).toHaveTextContent(/ada\.$/);
  });

  it('leaves what is no person alone', async () => {
    const { container } = await renderInTestApp(
      <SentenceWithPeople>demo/colors:green at 10:30.</SentenceWithPeople>,
    );
    expect(container).toHaveTextContent('demo/colors:green at 10:30.');
    expect(screen.queryByRole('link')).toBeNull();
  });
});
