// Runs DAISY Ace on EPUBs: its own checks, and its axe rules in a browser that Playwright drives.
//
//     node ace.cjs JOB.json
//
// The job: {playwright: folder of playwright-core, launch: its launch options, books: [paths], report: path}.
// The report is a list of lines for each book, in order; one for each finding.
const fs = require("node:fs");
const path = require("node:path");
const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { chromium } = require(job.playwright);
const fromHere = require("node:module").createRequire(path.join(process.cwd(), "package.json"));
const ace = fromHere("@daisy/ace-core");

const source = (file) => fs.readFileSync(file, "utf8");

// What Ace asks of its browser. One tab serves all documents of all books, as a new one costs more than a check.
let prepared = false;
function runner(page) {
  return {
    concurrency: 1,
    setTimeout() {},
    async launch() {},
    async close() {},
    async run(url, scripts, contents) {
      if (!prepared) await page.addInitScript([...contents, ...scripts.map(source)].join("\n;\n"));
      prepared = true;
      await page.goto(url);
      return page.evaluate(
        () => new Promise((done, failed) => window.daisy.ace.run((error, found) => (error ? failed(error) : done(found)))),
      );
    },
  };
}

function findings(report) {
  return report.assertions.flatMap((file) =>
    file.assertions.map(({ "earl:test": test, "earl:result": result }) =>
      [test["earl:impact"], test["dct:title"], file["earl:testSubject"].url, result["dct:description"], result.html].join(" "),
    ),
  );
}

(async () => {
  const browser = await chromium.launch(job.launch);
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const reports = [];
  for (const book of job.books) {
    const options = { cwd: process.cwd(), outdir: `${book}.ace`, tmpdir: `${book}.tmp`, doNotReportMedia: true };
    const [, report] = await ace(book, { ...options, silent: true, initLogger: true }, runner(page));
    reports.push(findings(report));
  }
  fs.writeFileSync(job.report, JSON.stringify(reports));
  await browser.close();
})();
