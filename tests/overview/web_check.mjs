// Opens pages in a real browser and says what is wrong with them, as JSON: what axe-core finds, what
// is wider than the screen, and what was fetched. Scripts of the page are off; axe is put in from outside.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, browser, profile, ...files] = process.argv.slice(2);
const load = createRequire(join(tools, "package.json"));
const puppeteer = load("puppeteer-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
flags.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const open = await puppeteer.launch({
  executablePath: browser, headless: true, args: flags, userDataDir: profile,
});
const found = [];
for (const file of files) {
  const address = pathToFileURL(file).href;
  for (const width of [360, 1280]) {
    for (const scheme of ["light", "dark"]) {
      const page = await open.newPage();
      const where = `${file} at ${width}, ${scheme}`;
      await page.setJavaScriptEnabled(false);
      await page.setViewport({ width, height: 800 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      page.on("request", (asked) => {
        if (asked.url() !== address) found.push(`${where}: fetched ${asked.url()}`);
      });
      await page.goto(address, { waitUntil: "load" });
      await page.setJavaScriptEnabled(true);
      await page.evaluate(axe);
      const told = await page.evaluate("axe.run({resultTypes: ['violations']})");
      for (const each of told.violations) {
        const node = each.nodes[0];
        found.push(`${where}: ${each.id}: ${each.help} (${node.target}) ${node.failureSummary}`);
      }
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      if (wide > width) found.push(`${where}: ${wide} pixels wide`);
      await page.close();
    }
  }
  const page = await open.newPage();
  await page.goto(address, { waitUntil: "load" });
  const printed = await page.pdf({ format: "A4" });
  if (printed.length < 1000) found.push(`${file}: nothing is printed`);
  await page.close();
}
await open.close();
console.log(JSON.stringify(found));
