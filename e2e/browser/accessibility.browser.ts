import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { RolloutPage } from './pages/RolloutPage';
import { signIn } from './pages/signIn';
import { runningPortal } from './portal/runningPortal';

const THEMES = ['light', 'dark'] as const;

/** What axe finds in this part of the page, in words. */
async function violations(page: Page, part: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include(part)
    .analyze();
  return found.flatMap(violation =>
    violation.nodes.map(
      node => `${violation.id}: ${node.target.join(' ')}: ${node.html}`,
    ),
  );
}

for (const theme of THEMES) {
  test.describe(`${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('the sign-in page has no accessibility faults', async ({ page }) => {
      await page.goto(runningPortal().address);
      await page.getByRole('button', { name: 'Enter as Ada' }).waitFor();
      expect(await violations(page, 'main')).toEqual([]);
    });

    for (const width of [800, 1440]) {
      test(`the page of all rollouts has none at ${width} px`, async ({
        page,
      }) => {
        await page.setViewportSize({ width, height: 900 });
        await signIn(page, 'Ada');
        await page.goto(`${runningPortal().address}/rollouts`);
        const main = page.getByRole('main');
        await expect(main.getByRole('grid')).toBeVisible();
        expect(await violations(page, 'main')).toEqual([]);
      });

      test(`card and tab have none at ${width} px`, async ({ page }, info) => {
        await page.setViewportSize({ width, height: 900 });
        await signIn(page, 'Ada');
        const colors = new RolloutPage(page, 'colors');
        for (const open of ['openOverview', 'openTab'] as const) {
          await colors[open]();
          const part = 'article, [class*=EntityRollouts]';
          await expect(page.locator(part).first()).toBeVisible();
          expect(await violations(page, part)).toEqual([]);
          const overflow = await page.evaluate(
            () =>
              document.documentElement.scrollWidth -
              document.documentElement.clientWidth,
          );
          expect(overflow).toBeLessThanOrEqual(0);
          await page.screenshot({
            path: info.outputPath(`${open}.png`),
            fullPage: true,
          });
        }
      });
    }
  });
}
