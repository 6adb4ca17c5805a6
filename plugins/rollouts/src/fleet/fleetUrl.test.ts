import { readFleetUrl, writeFleetUrl } from './fleetUrl';

const plain = { view: 'rollouts', sort: 'attention', order: 'asc' };

describe('the URL of the fleet page', () => {
  it.each([
    ['', plain],
    [
      '?q=colors&state=Paused&state=Aborted&owner=group%3Adefault%2Fpalette&sort=since&order=desc',
      {
        ...plain,
        q: 'colors',
        state: ['Paused', 'Aborted'],
        owner: ['group:default/palette'],
        sort: 'since',
        order: 'desc',
      },
    ],
    // What means nothing is passed over, and not shown as an empty fleet.
    ['?state=Sleepy&sort=colour&order=up&strategy=&view=x', plain],
    ['?cluster=east&cluster=east', { ...plain, cluster: ['east'] }],
  ])('%s says what is shown', (search, query) => {
    expect(readFleetUrl(search)).toEqual(query);
  });

  it.each([
    '',
    '?q=two+words&state=Paused&namespace=a&namespace=b&sort=owner',
    '?view=measures',
  ])('%s is written as it was read', search => {
    expect(writeFleetUrl(readFleetUrl(search), '')).toBe(search);
  });

  it('keeps what is not the page’s own', () => {
    const query = { ...readFleetUrl('?state=Paused'), state: undefined };
    expect(writeFleetUrl(query, '?theme=dark&state=Paused')).toBe(
      '?theme=dark',
    );
  });
});
