# Manual pages, and the lists in all documents: `make docs` writes them anew from what the program and
# the sources say. tests/house/man_pages.sh fails when that was forgotten.
dist_man_MANS += man/clv.1 man/clv.yaml.5 man/clv-sql.5 man/clv-contract.5 man/clv-models.7
dist_doc_DATA  = README.md NEWS share/clv.yaml.example

DOCUMENTS = README.md ARCHITECTURE.md man/clv.1 man/clv.yaml.5 man/clv-sql.5 share/clv.yaml.example

docs: clv$(EXEEXT)
	cd $(srcdir) && top_srcdir=. CLV='$(abs_top_builddir)/clv$(EXEEXT)' $(SHELL) doc/update.sh $(DOCUMENTS)

.PHONY: docs

EXTRA_DIST += doc/example.awk doc/header.awk doc/keys.awk doc/list.sh doc/schema.awk doc/screens.sh doc/session.sh doc/tree.sh doc/update.sh
