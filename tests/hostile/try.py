import subprocess, sys, tempfile, pathlib, time, os
from tests.hostile.server import serve
from tests.hostile import pages as P
def main(names, timeout=4):
    allp = {**P.HANGING, **P.RESTLESS, **P.HUGE, **P.ODD}
    with serve(allp) as s:
        s.pages["/"] = P.page("Start", P.links(names))
        d = pathlib.Path(tempfile.mkdtemp())
        (d/"site.yaml").write_text(f"start: {s.url}/\nscope: {{max_pages: 60, max_depth: 1}}\npoliteness: {{timeout: {timeout}}}\nsearch: {{enabled: false}}\n")
        t=time.time()
        r = subprocess.run([sys.executable,"-m","auditor","audit",str(d/"site.yaml"),"--database",str(d/"h.db"),"--output",str(d/"out"),"--format","json","--lang","en"],capture_output=True,text=True,timeout=590)
        print("rc",r.returncode,f"{time.time()-t:.1f}s",d); print(r.stdout[-3000:]); print("STDERR",r.stderr[-3000:])
        import json
        f=d/"out"/"report.json"
        for f in (d/"out").glob("*.json"):
            for p in json.loads(f.read_text()).get("pages",[]): print(p["url"][:90].encode("ascii","backslashreplace").decode(), p["status"], p["rendered"], p["untested"])
if __name__=="__main__":
    a=sys.argv[1:]
    g={"HANGING":P.HANGING,"RESTLESS":P.RESTLESS,"HUGE":P.HUGE,"ODD":P.ODD}
    names=[n for x in a for n in (g[x] if x in g else [x]) if n not in("/never","/frame","/frame-inner","/memory") or x==n]
    main(names)
