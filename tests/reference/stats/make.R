# Writes reference.json: values of R for the statistics of IgLoop.Core/Statistics.
# Rscript make.R > reference.json   (R 4.2.2 with lme4, survival, coin, exactRankTests, jsonlite, MASS, boot)
suppressMessages({ library(lme4); library(survival); library(coin); library(exactRankTests); library(jsonlite) })
out <- list(r = R.version.string)
walsh <- function(d) { w <- outer(d, d, "+") / 2; w[lower.tri(w, diag = TRUE)] }

# ---- Wilcoxon signed rank ----
pairs <- list(
  depression = list(c(1.83,.5,1.62,2.48,1.68,1.88,1.55,3.06,1.3), c(.878,.647,.598,2.05,1.06,1.29,1.06,3.14,1.29)),
  `sledai-ties-zeros` = list(c(14,12,18,10,8,16,20,12,9,11,15,22,6,10,13,12), c(8,10,10,10,6,12,14,8,9,12,9,14,6,4,9,10)),
  sleep = list(sleep$extra[1:10], sleep$extra[11:20]))
set.seed(4)
for (i in 1:6) { n <- c(7, 12, 25, 40, 60, 15)[i]; pairs[[paste0("continuous-", i)]] <- list(round(rnorm(n, 10, 4), 4), round(rnorm(n, 8, 4), 4)) }
for (i in 1:6) { n <- c(6, 10, 20, 45, 80, 30)[i]; a <- rpois(n, 10); pairs[[paste0("scores-", i)]] <- list(a, pmax(0, a - rpois(n, 3) + rpois(n, 2))) }
out$signed_rank <- lapply(names(pairs), function(id) {
  x <- pairs[[id]][[1]]; y <- pairs[[id]][[2]]; d <- x - y; nz <- d[d != 0]
  tied <- any(d == 0) || any(duplicated(abs(nz)))
  cc <- suppressWarnings(wilcox.test(x, y, paired = TRUE, exact = FALSE, correct = TRUE))
  nc <- suppressWarnings(wilcox.test(x, y, paired = TRUE, exact = FALSE, correct = FALSE))
  pr <- wilcoxsign_test(x ~ y, zero.method = "Pratt")
  r <- list(id = id, x = x, y = y, v = unname(cc$statistic), p_cc = cc$p.value, p_normal = nc$p.value,
    p_exact = suppressWarnings(wilcox.exact(x, y, paired = TRUE, exact = TRUE)$p.value),
    z_pratt = unname(statistic(pr)), p_pratt = unname(pvalue(pr)),
    p_pratt_exact = unname(pvalue(wilcoxsign_test(x ~ y, zero.method = "Pratt", distribution = "exact"))),
    hl_nonzero = median(walsh(nz)), hl_all = median(walsh(d)), p_sign = binom.test(sum(nz > 0), length(nz))$p.value)
  if (!tied && length(nz) < 50) { e <- wilcox.test(x, y, paired = TRUE, exact = TRUE, conf.int = TRUE); r$ci_exact <- as.numeric(e$conf.int) }
  a <- suppressWarnings(wilcox.test(x, y, paired = TRUE, exact = FALSE, conf.int = TRUE)); r$ci_approximate_uniroot <- as.numeric(a$conf.int); r$ci_level <- attr(a$conf.int, "conf.level") # R widens alpha when 95 % cannot be had
  tt <- t.test(x, y, paired = TRUE); r$t <- list(t = unname(tt$statistic), df = unname(tt$parameter), p = tt$p.value, mean = unname(tt$estimate), ci = as.numeric(tt$conf.int))
  r })

# ---- two groups ----
set.seed(5)
two <- list(placenta = list(c(.8,.83,1.89,1.04,1.45,1.38,1.91,1.64,.73,1.46), c(1.15,.88,.9,.74,1.21)),
  airquality = list(na.omit(airquality$Ozone[airquality$Month == 5]), na.omit(airquality$Ozone[airquality$Month == 8])),
  scores = list(rpois(14, 6), rpois(19, 4)), continuous = list(round(rnorm(20, 1), 4), round(rnorm(17), 4)))
out$mann_whitney <- lapply(names(two), function(id) {
  x <- as.numeric(two[[id]][[1]]); y <- as.numeric(two[[id]][[2]]); cc <- suppressWarnings(wilcox.test(x, y, exact = FALSE))
  r <- list(id = id, x = x, y = y, w = unname(cc$statistic), p_cc = cc$p.value, p_normal = suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = FALSE)$p.value),
    p_exact = suppressWarnings(wilcox.exact(x, y, exact = TRUE)$p.value), shift = median(outer(x, y, "-")))
  if (!any(duplicated(c(x, y)))) r$ci_exact <- as.numeric(wilcox.test(x, y, exact = TRUE, conf.int = TRUE)$conf.int)
  r })

# ---- several groups ----
oz <- airquality[!is.na(airquality$Ozone), ]
k <- kruskal.test(Ozone ~ Month, oz); k2 <- kruskal.test(weight ~ group, PlantGrowth)
out$kruskal <- list(list(id = "airquality", groups = unname(split(oz$Ozone, oz$Month)), chi2 = unname(k$statistic), p = k$p.value),
  list(id = "PlantGrowth", groups = unname(split(PlantGrowth$weight, PlantGrowth$group)), chi2 = unname(k2$statistic), p = k2$p.value))
rounding <- matrix(c(5.40,5.50,5.55, 5.85,5.70,5.75, 5.20,5.60,5.50, 5.55,5.50,5.40, 5.90,5.85,5.70, 5.45,5.55,5.60, 5.40,5.40,5.35, 5.45,5.50,5.35, 5.25,5.15,5.00,
  5.85,5.80,5.70, 5.25,5.20,5.10, 5.65,5.55,5.45, 5.60,5.35,5.45, 5.05,5.00,4.95, 5.50,5.50,5.40, 5.45,5.55,5.50, 5.55,5.55,5.35, 5.45,5.50,5.55, 5.50,5.45,5.25,
  5.65,5.60,5.40, 5.70,5.65,5.55, 6.30,6.30,6.25), ncol = 3, byrow = TRUE)
set.seed(6); sc <- matrix(rpois(60, rep(c(12, 9, 8, 8), each = 15)), ncol = 4)
out$friedman <- lapply(list(rounding, sc), function(m) { f <- friedman.test(m); list(rows = m, chi2 = unname(f$statistic), df = unname(f$parameter), p = f$p.value) })

# ---- tables ----
bc <- list(c(150, 86), c(3, 11), c(0, 6), c(5, 5), c(1, 0), c(20, 4), c(12, 30), c(2, 2), c(0, 1))
out$mcnemar <- lapply(bc, function(t) { b <- t[1]; c <- t[2]; n <- b + c
  exact <- binom.test(b, n)$p.value; mid <- if (b == c) 1 - dbinom(b, n, .5) / 2 else 2 * pbinom(min(b, c) - 1, n, .5) + dbinom(min(b, c), n, .5)
  m1 <- mcnemar.test(matrix(c(10, b, c, 10), 2)); m0 <- mcnemar.test(matrix(c(10, b, c, 10), 2), correct = FALSE)
  ci <- binom.test(c, n)$conf.int
  list(b = b, c = c, p_exact = exact, p_mid = mid, chi2_cc = unname(m1$statistic), p_cc = m1$p.value, chi2 = unname(m0$statistic), p = m0$p.value,
    or_c_over_b = if (b == 0) "Inf" else c / b, or_low = ci[1] / (1 - ci[1]), or_high = if (ci[2] == 1) "Inf" else ci[2] / (1 - ci[2])) })
props <- list(c(5,12), c(7,12), c(0,10), c(10,10), c(1,62), c(17,20), c(3,20), c(33,70), c(250,251), c(1,1), c(0,1))
out$proportions <- lapply(props, function(t) list(x = t[1], n = t[2], wilson = as.numeric(suppressWarnings(prop.test(t[1], t[2], correct = FALSE))$conf.int),
  wilson_cc = as.numeric(suppressWarnings(prop.test(t[1], t[2]))$conf.int), clopper_pearson = as.numeric(binom.test(t[1], t[2])$conf.int)))
wilson <- function(x, n) { z <- qnorm(.975); p <- x / n; c((2*n*p + z^2 - z*sqrt(z^2 + 4*n*p*(1-p))) / (2*(n+z^2)), (2*n*p + z^2 + z*sqrt(z^2 + 4*n*p*(1-p))) / (2*(n+z^2))) }
out$newcombe <- lapply(list(c(56,70,48,80), c(32,59,12,58), c(0,10,0,20), c(10,10,3,20), c(9,10,3,10)), function(t) { a <- wilson(t[1], t[2]); b <- wilson(t[3], t[4]); p <- t[1]/t[2]; q <- t[3]/t[4]
  list(a = t[1:2], b = t[3:4], diff = p - q, ci = c(p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2))) })
tabs <- list(c(3,1,1,3), c(32,27,12,46), c(0,5,4,3), c(10,2,3,15), c(1,9,11,3), c(5,0,2,7), c(2,23,5,21))
num <- function(v) if (is.infinite(v)) "Inf" else v
# fisher.test stops its roots at 1e-4; the same equations solved to the end.
fisher_tight <- function(t) { x <- t[1]; m <- t[1] + t[3]; n <- t[2] + t[4]; k <- t[1] + t[2]; s <- max(0, k - n):min(k, m); l <- dhyper(s, m, n, k, log = TRUE)
  w <- function(o) { d <- l + o * s; d <- exp(d - max(d)); d / sum(d) }; root <- function(f) exp(uniroot(f, c(-30, 30), tol = 1e-14, maxiter = 5000)$root)
  c(or = if (x == min(s)) 0 else if (x == max(s)) Inf else root(function(o) sum(s * w(o)) - x), low = if (x == min(s)) 0 else root(function(o) sum(w(o)[s >= x]) - .025), high = if (x == max(s)) Inf else root(function(o) sum(w(o)[s <= x]) - .025)) }
out$fisher <- lapply(tabs, function(t) { f <- fisher.test(matrix(t, 2, byrow = TRUE)); list(table = t, p = f$p.value, p_greater = fisher.test(matrix(t, 2, byrow = TRUE), alternative = "greater")$p.value,
  r_or = num(unname(f$estimate)), or = num(fisher_tight(t)[["or"]]), low = fisher_tight(t)[["low"]], high = num(fisher_tight(t)[["high"]])) })
ps <- list(c(.01,.02,.03,.04,.05), c(.001,.2,.04,.04,.9,.03,.5), c(.5), c(.04,.001,.03,.001,.2,.06,.8,.011,.02,.35))
out$multiplicity <- lapply(ps, function(p) list(p = I(p), holm = I(p.adjust(p, "holm")), bh = I(p.adjust(p, "BH")), hochberg = I(p.adjust(p, "hochberg"))))

# ---- survival ----
surv <- list(aml = list(aml$time, aml$status, as.character(aml$x)), lung = list(lung$time, lung$status - 1, as.character(lung$sex)), veteran = list(veteran$time, veteran$status, as.character(veteran$celltype)))
out$survival <- lapply(names(surv), function(id) { t <- surv[[id]][[1]]; e <- surv[[id]][[2]]; g <- surv[[id]][[3]]
  lr <- survdiff(Surv(t, e) ~ g)
  curves <- lapply(sort(unique(g)), function(h) { one <- lapply(c(log = "log", loglog = "log-log", plain = "plain"), function(type) { f <- survfit(Surv(t[g == h], e[g == h]) ~ 1, conf.type = type)
      keep <- f$n.event > 0; q <- summary(f)$table
      list(lower = f$lower[keep], upper = f$upper[keep], median = unname(q["median"]), median_low = unname(q["0.95LCL"]), median_high = unname(q["0.95UCL"])) })
    f <- survfit(Surv(t[g == h], e[g == h]) ~ 1); keep <- f$n.event > 0
    c(list(group = h, time = f$time[keep], at_risk = f$n.risk[keep], events = f$n.event[keep], survival = f$surv[keep]), one) })
  list(id = id, time = t, event = e, group = g, chi2 = lr$chisq, p = pchisq(lr$chisq, length(lr$n) - 1, lower.tail = FALSE), observed = as.numeric(lr$obs), expected = as.numeric(lr$exp), curves = curves) })

# ---- mixed models ----
set.seed(8)
np <- 40; visits <- lapply(1:np, function(i) { m <- sample(2:6, 1); t <- sort(round(runif(m, 0, 24), 1)); b <- c(rnorm(1, 0, 4), rnorm(1, 0, .2)); data.frame(s = i, t = t, y = round(14 + b[1] + (-.25 + b[2]) * t + rnorm(m, 0, 2), 2)) })
unb <- do.call(rbind, visits); set.seed(9)
flat <- do.call(rbind, lapply(1:25, function(i) data.frame(s = i, t = 0:3, y = round(10 - .5 * (0:3) + rnorm(4), 3))))
mm <- function(id, s, t, y, slope, reml) {
  d <- data.frame(s = factor(s), t = t, y = y)
  ctl <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 20000), check.conv.singular = "ignore", check.conv.grad = "ignore")
  f <- if (slope) lmer(y ~ t + (t | s), d, REML = reml, control = ctl) else lmer(y ~ t + (1 | s), d, REML = reml, control = ctl)
  v <- VarCorr(f)$s
  list(id = id, slope = slope, reml = reml, subject = as.character(s), time = t, value = y, fixed = unname(fixef(f)), se = unname(sqrt(diag(as.matrix(vcov(f))))), var_intercept = v[1, 1],
    var_slope = if (slope) v[2, 2] else 0, cov = if (slope) v[1, 2] else 0, sigma2 = sigma(f)^2, minus2loglik = if (reml) unname(REMLcrit(f)) else -2 * as.numeric(logLik(f)), aic = AIC(f), bic = BIC(f)) }
out$mixed <- list(
  mm("sleepstudy-slope", sleepstudy$Subject, sleepstudy$Days, sleepstudy$Reaction, TRUE, TRUE), mm("sleepstudy-slope-ml", sleepstudy$Subject, sleepstudy$Days, sleepstudy$Reaction, TRUE, FALSE),
  mm("sleepstudy-intercept", sleepstudy$Subject, sleepstudy$Days, sleepstudy$Reaction, FALSE, TRUE), mm("sleepstudy-intercept-ml", sleepstudy$Subject, sleepstudy$Days, sleepstudy$Reaction, FALSE, FALSE),
  mm("unbalanced-slope", unb$s, unb$t, unb$y, TRUE, TRUE), mm("unbalanced-intercept", unb$s, unb$t, unb$y, FALSE, TRUE), mm("unbalanced-slope-ml", unb$s, unb$t, unb$y, TRUE, FALSE),
  mm("no-variance-intercept", flat$s, flat$t, flat$y, FALSE, TRUE))

# ---- logistic regression, overlap weights, standardised differences ----
logit <- function(id, y, X) { f <- glm(y ~ X, family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)); p <- fitted(f); w <- ifelse(y == 1, 1 - p, p)
  smd <- function(x, w1, w0) { m1 <- weighted.mean(x[y == 1], w1); m0 <- weighted.mean(x[y == 0], w0); (m1 - m0) / sqrt((var(x[y == 1]) + var(x[y == 0])) / 2) }
  list(id = id, y = y, x = unname(as.matrix(X)), coef = unname(coef(f)), se = unname(sqrt(diag(solve(crossprod(cbind(1, X) * sqrt(p * (1 - p))))))), deviance = deviance(f), propensity = unname(p), weights = unname(w),
    smd_before = unname(apply(X, 2, smd, w1 = rep(1, sum(y == 1)), w0 = rep(1, sum(y == 0)))), smd_after = unname(apply(X, 2, smd, w1 = w[y == 1], w0 = w[y == 0]))) }
out$logistic <- list(logit("mtcars", mtcars$am, as.matrix(mtcars[, c("qsec", "hp")])), logit("birthwt", MASS::birthwt$low, as.matrix(MASS::birthwt[, c("age", "lwt", "smoke")])))

# ---- bootstrap on a fixed table of indices: percentile and BCa (jackknife acceleration, quantile type 6) ----
set.seed(10); x <- round(rexp(15, .2), 3); idx <- matrix(sample(15, 15 * 399, TRUE), ncol = 15); t0 <- mean(x); tb <- apply(idx, 1, function(i) mean(x[i]))
jack <- sapply(1:15, function(i) mean(x[-i])); l <- mean(jack) - jack; a <- sum(l^3) / (6 * sum(l^2)^1.5); z0 <- qnorm((sum(tb < t0) + sum(tb == t0) / 2) / length(tb)); z <- qnorm(c(.025, .975))
out$bootstrap <- list(x = x, indices = idx - 1, estimate = t0, percentile = unname(quantile(tb, c(.025, .975), type = 6)), bca = unname(quantile(tb, pnorm(z0 + (z0 + z) / (1 - a * (z0 + z))), type = 6)), z0 = z0, acceleration = a)
cat(toJSON(out, digits = NA, auto_unbox = TRUE, na = "null"), "\n")
