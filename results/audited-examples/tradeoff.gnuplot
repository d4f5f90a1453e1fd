$curve0 << END
1 71.143 70.7841 71.5019
2 71.675 71.3817 71.9683
4 71.588 71.3998 71.7762
8 71.53 71.4428 71.6172
END
$curve1 << END
1 70.208 69.3243 71.0917
1.99995 70.217 69.0768 71.3572
3.99999 70.626 69.493 71.759
7.99999 70.551 69.5313 71.5707
END
$curve2 << END
1 42.578 40.5587 44.5973
2 48.185 46.7421 49.6279
4 54.206 52.4509 55.9611
7.99999 59.754 58.7264 60.7816
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.8:10]
set xtics ("0.001" 0.001, "0.002" 0.002, "0.005" 0.005, "0.01" 0.01, "0.02" 0.02, "0.05" 0.05, "0.1" 0.1, "0.2" 0.2, "0.5" 0.5, "1" 1, "2" 2, "5" 5, "10" 10, "20" 20, "50" 50, "100" 100, "200" 200, "500" 500, "1e+03" 1000, "2e+03" 2000, "5e+03" 5000, "1e+04" 10000, "2e+04" 20000, "5e+04" 50000, "1e+05" 100000, "2e+05" 200000, "5e+05" 500000, "1e+06" 1e+06, "2e+06" 2e+06, "5e+06" 5e+06)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 example level, add-or-remove-one, poisson(rate=0.05), pld accountant}\n{/*0.7 points: mean of 10 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key below horizontal maxcols 1 opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "all releases of full batches", \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "all releases of small batches", \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "final model of few examples"
